import {
  type AuthError,
  type AuthProvider,
  type Exchange,
  type Grant,
  type UrlRule,
  authError,
  isJsonObject,
} from 'ngx-latchkey/core';
import { type SpaceCloudActions, spaceCloudActions } from './space-cloud-actions';
import { readGrant } from './space-cloud-answers';
import { type SpaceCloudProject, projectUrl, spaceCloudApi } from './space-cloud-api';
import type { SpaceCloudUserPaths } from './space-cloud-user';

/** What `login` takes. */
export interface SpaceCloudCredentials {
  readonly email: string;
  readonly password: string;
}

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
  const login: Exchange<SpaceCloudCredentials, Grant> = {
    request: ({ email, password }) => ({
      url: `${auth}/email/signin`,
      method: 'POST',
      json: { email, pass: password },
    }),
    read: answer => readGrant(answer, options),
  };
  return {
    id: 'space-cloud',
    audience: auth,
    endpoints: [`${auth}/email`],
    signIn: {
      start(input, http) {
        return isCredentials(input) ? http.send(login, input) : Promise.reject(noCredentials());
      },
    },
    session: { kind: 'fixed' },
    api: { ...api, origins: [...api.origins, ...(options.api ?? [])] },
    actions: context => spaceCloudActions(context, auth, options),
    factory: spaceCloud,
  };
}

function isCredentials(input: object): input is SpaceCloudCredentials {
  return (
    isJsonObject(input) &&
    [input['email'], input['password']].every(value => typeof value === 'string' && value !== '')
  );
}

function noCredentials(): AuthError {
  return authError('needs-user', 'invalid-input', '{ email, password }, both of them text that is not empty');
}
