/** Space Cloud: its own users, its APIs with anybody's tokens, its two sockets. */
export type { LiveListener, LiveSocket, LiveSocketOptions, SocketLike } from './live-socket-types';
export { spaceCloud, type SpaceCloudOptions } from './space-cloud';
export { spaceCloudApi, type SpaceCloudProject } from './space-cloud-api';
export type { SpaceCloudAccount, SpaceCloudActions, SpaceCloudChanges } from './space-cloud-actions';
export type { SpaceCloudCredentials } from './space-cloud-credentials';
export { spaceCloudGraphqlSocket, type SpaceCloudGraphqlSubscription } from './space-cloud-graphql-socket';
export { spaceCloudSocket, type SpaceCloudLiveQuery } from './space-cloud-socket';
export type { SpaceCloudUserPaths } from './space-cloud-user';
