import { type JsonObject, isJsonObject } from 'ngx-latchkey/core';
import { liveSocket } from './live-socket';
import type { Heard, LiveSocket, LiveSocketOptions } from './live-socket-types';
import { type SpaceCloudProject, graphqlErrors, projectUrl } from './space-cloud-api';

/** A subscription in GraphQL. */
export interface SpaceCloudGraphqlSubscription {
  readonly query: string;
  readonly variables?: JsonObject;
}

/**
 * The GraphQL socket of a project (the sub-protocol `graphql-ws` as subscriptions-transport-ws spoke it), with the token in the `payload` of each
 * `start`. Listeners hear `{ data }`.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * const socket = spaceCloudGraphqlSocket({ url, project: 'shop', tokens });
 * const stop = socket.subscribe({ query }, { next: event => this.apply(event) });
 */
export function spaceCloudGraphqlSocket(
  options: SpaceCloudProject & LiveSocketOptions,
): LiveSocket<SpaceCloudGraphqlSubscription> {
  return liveSocket(
    {
      url: `${projectUrl(options).replace(/^http/, 'ws')}/graphql/socket`,
      protocol: 'graphql-ws',
      greeting: { type: 'connection_init', payload: {} },
      start: (id, { query, variables = {} }, authToken) => ({
        id,
        type: 'start',
        payload: { query, variables, authToken },
      }),
      stop: id => ({ id, type: 'stop' }),
      read,
    },
    options,
  );
}

function read({ id, type, payload }: JsonObject): Heard {
  if (type === 'connection_ack') return { ready: true };
  if (type === 'complete') return { id, completed: true };
  if (type !== 'error') return { id, events: type === 'data' ? [payload].filter(isJsonObject) : [] };
  return { id, refused: graphqlErrors(payload).join(' ') };
}
