/** The Averos auth provider. */
export { averos, type AverosCredentials } from './averos';
export type { AverosAccounts, AverosRegistration } from './averos-accounts';
export type { AverosActions } from './averos-actions';
export type { AverosOptions, AverosPaths, AverosUserOptions } from './averos-options';
export type { AverosProfiles } from './averos-profiles';
export { averosAccount, type AverosAccount } from './averos-user';
export {
  averosEmailAvailable,
  averosUserNameAvailable,
  type AverosAvailabilityOptions,
  type AverosAvailabilityValidator,
} from './availability-validators';
export { averosSessionFromLocalStorage } from './local-storage-session';
