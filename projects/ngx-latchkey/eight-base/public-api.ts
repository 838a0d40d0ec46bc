/** 8base: its own sign-in by e-mail and password, and its API side for tokens of Auth0 or OpenID. */
export { eightBase, type EightBaseCredentials } from './eight-base';
export type {
  EightBaseActions,
  EightBaseNewPassword,
  EightBasePasswordReset,
  EightBaseRegistration,
} from './eight-base-actions';
export { eightBaseApi } from './eight-base-api';
export { eightBaseConnection, type EightBaseConnection } from './eight-base-connection';
export type { EightBaseOptions, EightBaseUserInput, EightBaseWorkspace } from './eight-base-options';
