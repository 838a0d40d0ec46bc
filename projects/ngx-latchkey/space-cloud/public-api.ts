/** Space Cloud: its own users, its APIs with anybody's tokens, its two sockets. */
export { spaceCloud, type SpaceCloudCredentials, type SpaceCloudOptions } from './space-cloud';
export { spaceCloudApi, type SpaceCloudProject } from './space-cloud-api';
export type { SpaceCloudAccount, SpaceCloudActions, SpaceCloudChanges } from './space-cloud-actions';
export type { SpaceCloudUserPaths } from './space-cloud-user';
