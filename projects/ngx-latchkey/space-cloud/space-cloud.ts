import type { AuthProvider, UrlRule } from 'ngx-latchkey/core';
import { type SpaceCloudActions, spaceCloudActions } from './space-cloud-actions';
import { type SpaceCloudProject, projectUrl, spaceCloudApi } from './space-cloud-api';
import { type SpaceCloudCredentials, mustBeCredentials } from './space-cloud-credentials';
import { type SpaceCloudUserPaths, grantIn } from './space-cloud-user';
import { userCall } from './user-call';

/** Options of {@link spaceCloud}. */
export interface SpaceCloudOptions extends SpaceCloudProject, SpaceCloudUserPaths {
  /** The alias of the database that has the collection `users`. */
  readonly database: string;
  /** Where the token may go besides the project itself. */
  readonly api?: readonly UrlRule[];
}

/**
 * Space Cloud with its own users, who sign in by e-mail. A token lives for half an hour and cannot be renewed; the user signs in
 * again then. Nobody is told of a logout, since the gateway keeps no sessions.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(spaceCloud({ url: 'https://gateway.example.com', project: 'shop', database: 'mongo' }))
 */
export function spaceCloud(
  options: SpaceCloudOptions,
): AuthProvider<SpaceCloudCredentials, SpaceCloudActions> {
  const auth = `${projectUrl(options)}/auth/${encodeURIComponent(options.database)}`;
  const { api } = spaceCloudApi(options);
  return {
    id: 'space-cloud',
    audience: auth,
    endpoints: [`${auth}/email`],
    signIn: {
      async start(input, http) {
        mustBeCredentials(input);
        const json = { email: input.email, pass: input.password };
        return http.send(
          userCall({ url: `${auth}/email/signin`, paths: options, json, find: grantIn }),
          undefined,
        );
      },
    },
    session: { kind: 'fixed' },
    api: { ...api, origins: [...api.origins, ...(options.api ?? [])] },
    actions: context => spaceCloudActions(context, auth, options),
    factory: spaceCloud,
  };
}
