/** Feathers 5: every strategy, OAuth by redirect, and sockets that stay authenticated. */
export { feathers } from './feathers';
export type { FeathersActions } from './feathers-actions';
export type { FeathersFailure } from './feathers-failure';
export type {
  FeathersCredentials,
  FeathersInput,
  FeathersOAuth,
  FeathersOptions,
  FeathersRefresh,
} from './feathers-options';
export { FeathersServiceError, callService } from './call-service';
export type { FeathersSocket } from './feathers-socket';
export { keepSocketAuthenticated, type KeptSocket, type KeptSocketOptions } from './socket-authentication';
