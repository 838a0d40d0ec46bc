/** The session that Clerk's own SDK keeps. */
export { clerk, type ClerkActions, type ClerkOptions } from './clerk';
export type {
  ClerkInstance,
  ClerkMembership,
  ClerkOrganization,
  ClerkSession,
  ClerkState,
  ClerkUser,
} from './clerk-instance';
export type { ClerkSdkOptions } from './clerk-sdk';
export type { ClerkUserPaths } from './clerk-user';
