import { type JsonObject, isJsonObject, memberAt } from 'ngx-latchkey/core';
import { liveSocket } from './live-socket';
import type { Heard, LiveSocket, LiveSocketOptions } from './live-socket-types';
import { type SpaceCloudProject, projectUrl } from './space-cloud-api';

/** The documents to be told of. */
export interface SpaceCloudLiveQuery {
  /** The alias of the database. */
  readonly database: string;
  readonly collection: string;
  readonly where?: JsonObject;
  /** Leaves out the documents there are already. */
  readonly skipInitial?: boolean;
}

/**
 * The JSON socket of a project, with the token in every message. Listeners hear `{ type, payload, find, … }`, the type being `initial`,
 * `insert`, `update` or `delete`; after a lost connection, `initial` again.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * const socket = spaceCloudSocket({ url, project: 'shop', tokens });
 * const stop = socket.subscribe({ database: 'mongo', collection: 'notes' }, { next: event => this.apply(event) });
 */
export function spaceCloudSocket(
  options: SpaceCloudProject & LiveSocketOptions,
): LiveSocket<SpaceCloudLiveQuery> {
  return liveSocket(
    {
      url: `${projectUrl(options).replace(/^http/, 'ws')}/socket/json`,
      start: (id, query, token) => message('realtime-subscribe', id, query, token),
      stop: (id, query, token) => message('realtime-unsubscribe', id, query, token),
      read,
    },
    options,
  );
}

function message(
  type: string,
  id: string,
  { database, collection, where = {}, skipInitial = false }: SpaceCloudLiveQuery,
  token: string | undefined,
): JsonObject {
  return {
    id: crypto.randomUUID(),
    type,
    data: { token, id, group: collection, dbType: database, where, options: { skipInitial } },
  };
}

function read({ type, data }: JsonObject): Heard {
  const id = memberAt(data, 'id');
  if (type === 'realtime-feed') return { id, events: [data].filter(isJsonObject) };
  if (type !== 'realtime-subscribe') return {};
  if (memberAt(data, 'ack') !== true) return { id, refused: String(memberAt(data, 'error')) };
  return { id, answered: true, events: [memberAt(data, 'docs')].flat().filter(isJsonObject) };
}
