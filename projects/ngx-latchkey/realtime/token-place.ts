/** What goes over a WebSocket. */
export type SocketMessage = string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>;

/** Where a WebSocket protocol wants the token; made by {@link firstMessage} and its neighbours. */
export interface TokenPlace<Message = SocketMessage> {
  /** Writes it into the URL. */
  readonly address?: (url: URL, token: string) => void;
  /** Sub-protocols that carry it. */
  readonly subProtocols?: (token: string) => readonly string[];
  /** The message that comes before any other. */
  readonly first?: (token: string) => SocketMessage;
  /** Makes a message of what is sent. */
  readonly each?: (message: Message, token: string) => SocketMessage;
}

/**
 * The token in the first message, before any other.
 *
 * @example firstMessage(token => JSON.stringify({ type: 'authenticate', token }))
 */
export function firstMessage(write: (token: string) => SocketMessage): TokenPlace {
  return { first: write };
}

/**
 * The token in each message. What you `send` then is what your function makes a message of.
 *
 * @example eachMessage((message: JsonObject, token) => JSON.stringify({ ...message, token }))
 */
export function eachMessage<Message>(
  write: (message: Message, token: string) => SocketMessage,
): TokenPlace<Message> {
  return { each: write };
}

/**
 * The token as a sub-protocol. Only letters, digits and ``!#$%&'*+-.^_`|~`` can stand there: JWTs do, opaque tokens may have to be
 * encoded. The server has to choose one of the others, see {@link SocketOptions.subProtocols}, not the one with the token.
 *
 * @example subProtocol(token => `bearer.${token}`)
 */
export function subProtocol(write: (token: string) => string): TokenPlace {
  return { subProtocols: token => [write(token)] };
}

/**
 * The token in the URL. Unsafe: URLs are written into the logs of servers and proxies and shown on the browser's console. Only for a server that
 * knows no other way, and better with a ticket that can be used once.
 *
 * @param name of the query parameter, such as `access_token` (RFC 6750, section 2.3)
 */
export function queryParameterUnsafe(name: string): TokenPlace {
  return { address: (url, token) => url.searchParams.set(name, token) };
}
