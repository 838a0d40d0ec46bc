import { type AllowedUrl, allowedUrl } from './allowed-url';
import type { ApiTokenSource } from './api-token-source';
import { closeOnDestroy } from './close-on-destroy';
import { liveConnection } from './live-connection';

/** What is used of a socket.io client's socket. */
export interface SocketIoLike {
  readonly connected: boolean;
  /** Whether it comes back by itself. */
  readonly active: boolean;
  connect(): unknown;
  disconnect(): unknown;
  on(event: string, listener: (told: Error) => void): unknown;
  off(event: string, listener: (told: Error) => void): unknown;
}

/** Options of {@link socketIoConnection}. */
export interface SocketIoOptions extends AllowedUrl {
  /**
   * Authenticates the connection by a call, as Feathers does: after each connect, and with each renewed token. Left out: the token goes
   * with {@link socketIoAuth}, and a renewed one with a new connection.
   */
  readonly authenticate?: (token: string) => unknown;
  /** Whether the server refuses the connection because of the token. Default: never known. */
  readonly isRejection?: (error: Error) => boolean;
}

/**
 * The `auth` option of a socket.io client: `{ token }`, fresh for each connect. While nobody is signed in, nothing is sent.
 *
 * @param options with the same `url` as the client
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`
 */
export function socketIoAuth(
  tokens: ApiTokenSource,
  options: AllowedUrl,
): (send: (data: { token: string }) => void) => void {
  allowedUrl(tokens, options);
  return send => {
    tokens.token().then(
      token => {
        if (token !== null) send({ token });
      },
      // The server gives up on who says nothing; the client comes back then and asks again.
      () => undefined,
    );
  };
}

/**
 * Connects a socket.io client while somebody is signed in, again with each renewed token, and again when the server has cut it off, which
 * socket.io itself leaves at that. Closes by itself with the injection context it was made in.
 *
 * @param socket made with `autoConnect: false`
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`
 *
 * @example
 * const url = 'https://api.example.com';
 * const socket = io(url, { autoConnect: false, auth: socketIoAuth(tokens, { url }) });
 * socketIoConnection(tokens, socket, { url });
 */
export function socketIoConnection(
  tokens: ApiTokenSource,
  socket: SocketIoLike,
  options: SocketIoOptions,
): { close(): void } {
  const { authenticate, isRejection } = options;
  allowedUrl(tokens, options);
  const close = liveConnection(tokens, (token, line) => {
    let newest = token;
    const connected = (): void => {
      line.up();
      authenticate?.(newest);
    };
    const cut = (): void => {
      if (!socket.active) line.lost('pass');
    };
    const refused = (error: Error): void => {
      if (!socket.active) line.lost(isRejection?.(error) ? 'token-dead' : 'pass');
    };
    socket.on('connect', connected);
    socket.on('disconnect', cut);
    socket.on('connect_error', refused);
    socket.connect();
    return {
      close() {
        socket.off('connect', connected);
        socket.off('disconnect', cut);
        socket.off('connect_error', refused);
        socket.disconnect();
      },
      renew(renewed) {
        newest = renewed;
        if (authenticate && socket.connected) authenticate(renewed);
        return authenticate !== undefined;
      },
    };
  });
  closeOnDestroy(close);
  return { close };
}
