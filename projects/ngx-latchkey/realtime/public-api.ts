/** The session's token for WebSocket, server-sent events, `fetch`, socket.io and GraphQL clients. */
export type { AllowedOrigins, AllowedUrl } from './allowed-url';
export type { ApiTokenSource } from './api-token-source';
export { authFetch, type AuthFetchOptions } from './auth-fetch';
export { authenticatedEventSource, type EventSourceOptions } from './authenticated-event-source';
export {
  authenticatedSocket,
  type AuthenticatedSocket,
  type SocketLike,
  type SocketOptions,
} from './authenticated-socket';
export type { StreamEvent } from './event-stream';
export {
  graphqlHeaders,
  graphqlWsConnection,
  type GraphqlWsConnection,
  type GraphqlWsOptions,
} from './graphql';
export { injectTokenSource } from './inject-token-source';
export { socketIoAuth, socketIoConnection, type SocketIoLike, type SocketIoOptions } from './socket-io';
export {
  eachMessage,
  firstMessage,
  queryParameterUnsafe,
  subProtocol,
  type SocketMessage,
  type TokenPlace,
} from './token-place';
