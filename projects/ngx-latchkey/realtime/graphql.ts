import { authError } from 'ngx-latchkey/core';
import { type AllowedUrl, allowedUrl } from './allowed-url';
import { type ApiTokenSource, headersOf } from './api-token-source';

/** Options of {@link graphqlWsConnection}. */
export interface GraphqlWsOptions extends AllowedUrl {
  /** The payload of `connection_init`. Default: the headers, `{ Authorization: 'Bearer …' }`. */
  readonly params?: (token: string) => Readonly<Record<string, unknown>>;
}

/** Options for `createClient` of graphql-ws. Of these, the `SubscriptionClient` of subscriptions-transport-ws takes `connectionParams`. */
export interface GraphqlWsConnection {
  readonly url: string;
  /** Rejects with an AuthError `unauthenticated`, `temporarily-unavailable` or `session-ended`: nothing is subscribed to without a token. */
  readonly connectionParams: () => Promise<Record<string, unknown>>;
  readonly on: {
    readonly opened: (socket: unknown) => void;
    readonly closed: () => void;
  };
}

/**
 * A graphql-ws client's connection: the token when it begins, a new connection for a renewed token (subscriptions go on by themselves), and
 * the end with the session (subscriptions fail with the close code 4401).
 *
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`
 *
 * @example
 * const client = createClient(graphqlWsConnection(injectTokenSource(), { url: 'wss://api.example.com/graphql' }));
 */
export function graphqlWsConnection(tokens: ApiTokenSource, options: GraphqlWsOptions): GraphqlWsConnection {
  const params = options.params ?? ((token: string) => headersOf(tokens, token));
  const { href } = allowedUrl(tokens, options);
  let stop = (): void => undefined;
  return {
    url: href.replace(/^http/, 'ws'),
    async connectionParams() {
      const token = await tokens.token();
      if (token === null) throw authError('needs-user', 'unauthenticated');
      return { ...params(token) };
    },
    on: {
      opened(socket) {
        const { close } = socket as WebSocket;
        stop();
        stop = tokens.watch(token => {
          // graphql-ws comes back after the one code and gives up after the other.
          if (token === null) close.call(socket, 4401, 'Unauthorized');
          else close.call(socket, 4205, 'Client Restart');
        });
      },
      closed() {
        stop();
      },
    },
  };
}

/**
 * The headers of one GraphQL request, for clients that ask for them each time; none while nobody is signed in. A client that takes a `fetch`
 * is better off with `authFetch`, which also asks again when the token is rejected.
 *
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`; its promise rejects with `temporarily-unavailable`, `session-ended`
 *
 * @example setContext(graphqlHeaders(tokens, { url })) // Apollo: async () => ({ headers: await headers() })
 */
export function graphqlHeaders(
  tokens: ApiTokenSource,
  options: AllowedUrl,
): () => Promise<Record<string, string>> {
  allowedUrl(tokens, options);
  return async () => {
    const token = await tokens.token();
    return token === null ? {} : { ...headersOf(tokens, token) };
  };
}
