import { type AuthError, authError } from 'ngx-latchkey/core';
import { type AllowedUrl, allowedUrl } from './allowed-url';
import type { ApiTokenSource } from './api-token-source';
import { closeOnDestroy } from './close-on-destroy';
import { liveConnection } from './live-connection';
import type { SocketMessage, TokenPlace } from './token-place';

/** What is used of a `WebSocket`. */
export interface SocketLike {
  send(message: SocketMessage): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
}

/** Options of {@link authenticatedSocket}. */
export interface SocketOptions<Message = SocketMessage> extends AllowedUrl {
  /** Where the protocol wants the token: {@link firstMessage}, {@link eachMessage}, {@link subProtocol}. */
  readonly place: TokenPlace<Message>;
  /**
   * How a live connection gets a renewed token: the message that brings it, or a new connection. Default: the next message with
   * {@link eachMessage}, else `'reconnect'`.
   */
  readonly renew?: ((token: string) => SocketMessage) | 'reconnect';
  /** The sub-protocols besides the one with the token. */
  readonly subProtocols?: readonly string[];
  /** A connection is there, and the token sent if it goes first: the moment to subscribe. Called for each connection. */
  readonly opened?: () => void;
  /** Hears the `data` of each message. */
  readonly received?: (data: unknown) => void;
  /** A connection that was there is no more. Another one is on its way unless the session is over. */
  readonly closed?: () => void;
  /** Nothing more is tried in this session. Default: the error is written to the console. */
  readonly failed?: (error: AuthError) => void;
  /** Whether the server closes with this code because of the token. Default 3000 and 4401, "Unauthorized". */
  readonly isRejection?: (code: number) => boolean;
  /** Makes the socket. Default `new WebSocket(url, protocols)`. */
  readonly create?: (url: string, protocols: string[]) => SocketLike;
}

/** A connection that comes and goes with the session. */
export interface AuthenticatedSocket<Message = SocketMessage> {
  /**
   * Sends over the present connection. What is sent while there is none is lost: subscribe in `opened`.
   *
   * @throws AuthError `not-connected`, `temporarily-unavailable`
   */
  send(message: Message): Promise<void>;
  /** Closes for good. */
  close(): void;
}

/**
 * A WebSocket that is open while somebody is signed in: it brings the token as the protocol wants it, passes renewed ones on, comes back
 * after a break, and is closed with the session; the next user has another one. Closes by itself with the injection context it was made in.
 *
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`. `failed` is called with `invalid-sub-protocol`
 *
 * @example
 * const socket = authenticatedSocket(injectTokenSource(), {
 *   url: 'wss://api.example.com/live',
 *   place: firstMessage(token => JSON.stringify({ type: 'authenticate', token })),
 *   opened: () => void socket.send(JSON.stringify({ type: 'subscribe' })),
 *   received: data => this.show(data),
 * });
 */
export function authenticatedSocket<Message = SocketMessage>(
  tokens: ApiTokenSource,
  options: SocketOptions<Message>,
): AuthenticatedSocket<Message> {
  const { place, renew, subProtocols = [], opened, received, closed } = options;
  const failed = options.failed ?? (error => console.error(error));
  const isRejection = options.isRejection ?? (code => code === 3000 || code === 4401);
  const create = options.create ?? ((url, protocols) => new WebSocket(url, protocols));
  const { href } = allowedUrl(tokens, options);
  let live: SocketLike | null = null;
  // Messages go in the order they came, whoever has to wait for a token.
  let queue: Promise<unknown> = Promise.resolve();

  /** `null` if the browser does not take it. Its own error quotes what it does not like, which may be the token. */
  const socketWith = (token: string): SocketLike | null => {
    const url = new URL(href.replace(/^http/, 'ws'));
    place.address?.(url, token);
    try {
      return create(url.href, [...subProtocols, ...(place.subProtocols?.(token) ?? [])]);
    } catch {
      return null;
    }
  };

  const close = liveConnection(tokens, (token, line) => {
    let newest = token;
    const socket = socketWith(token);
    if (socket === null) {
      line.stop();
      failed(authError('misconfigured', 'invalid-sub-protocol'));
      return { close: () => undefined, renew: () => false };
    }
    const end = (): void => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      if (live !== socket) return;
      live = null;
      closed?.();
    };
    socket.onopen = () => {
      live = socket;
      line.up();
      if (place.first) socket.send(place.first(newest));
      opened?.();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => received?.(data);
    socket.onclose = ({ code }: CloseEvent) => {
      end();
      line.lost(isRejection(code) ? 'token-dead' : 'pass');
    };
    socket.onerror = () => undefined;
    return {
      close() {
        end();
        socket.close();
      },
      renew(renewed) {
        newest = renewed;
        // One that is not open yet begins with the newest.
        if (live !== socket) return place.first !== undefined;
        if (typeof renew === 'function') socket.send(renew(renewed));
        return typeof renew === 'function' || (renew === undefined && place.each !== undefined);
      },
    };
  });
  closeOnDestroy(close);

  async function deliver(message: Message): Promise<void> {
    const socket = live;
    const token = place.each && socket && (await tokens.token());
    if (socket === null || live !== socket || token === null) throw authError('not-now', 'not-connected');
    socket.send(place.each && token !== undefined ? place.each(message, token) : (message as SocketMessage));
  }

  return {
    close,
    send(message) {
      const sent = queue.then(() => deliver(message));
      queue = sent.catch(() => undefined);
      return sent;
    },
  };
}
