import type { AuthError, JsonObject, TokenSource } from 'ngx-latchkey/core';

/** The part of a WebSocket that is used: the browser's, or that of the package `ws`. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly type: string; readonly data?: unknown }) => void,
  ): void;
}

/** Who hears of a subscription. */
export interface LiveListener {
  next(event: JsonObject): void;
  /**
   * Nothing more comes. With `subscription-refused` when the server does not accept it, `no-answer` when it says nothing to the first try,
   * `session-ended` when the user is no longer signed in; without an error when it was completed or closed.
   */
  ended?(error?: AuthError): void;
}

/** Subscriptions over one connection that comes back by itself. */
export interface LiveSocket<Query> {
  /** Connects if need be. The result ends the subscription, and its listener hears nothing more. */
  subscribe(query: Query, listener: LiveListener): () => void;
  /** Ends all subscriptions. */
  close(): void;
}

/** What the sockets of Space Cloud have in common. */
export interface LiveSocketOptions {
  /** Where the token comes from. */
  readonly tokens: TokenSource;
  /** Makes the socket. Default: the browser's `WebSocket`. */
  readonly open?: (url: string, protocol?: string) => SocketLike;
  /** Milliseconds that the server has to answer. Default 10 000. */
  readonly answerWithin?: number;
  /** Milliseconds from a lost connection to the next. Default 5 000. */
  readonly reconnectAfter?: number;
}

/** What a message of the server means. */
export interface Heard {
  /** The greeting was answered. */
  readonly ready?: boolean;
  /** The subscription that the rest is about. */
  readonly id?: unknown;
  readonly answered?: boolean;
  readonly events?: readonly JsonObject[];
  /** Why the server does not accept the subscription. */
  readonly refused?: string;
  readonly completed?: boolean;
}

/** How a socket speaks. */
export interface LiveDialect<Query> {
  readonly url: string;
  readonly protocol?: string;
  /** Sent first, and nothing else before it is answered. Where there is none, each start of a subscription is answered. */
  readonly greeting?: JsonObject;
  start(id: string, query: Query, token: string | undefined): JsonObject;
  stop(id: string, query: Query, token: string | undefined): JsonObject;
  read(message: JsonObject): Heard;
}
