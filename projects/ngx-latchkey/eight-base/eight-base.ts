import {
  type AuthError,
  type AuthProvider,
  type Exchange,
  type Grant,
  type RenewableSession,
  authError,
  isJsonObject,
  memberAt,
} from 'ngx-latchkey/core';
import { LOGIN, REFRESH } from './documents';
import { type EightBaseActions, eightBaseActions } from './eight-base-actions';
import { eightBaseApi } from './eight-base-api';
import { failedRenewal, failureIn } from './eight-base-errors';
import type { EightBaseOptions } from './eight-base-options';
import { type Workspace, workspaceAt } from './workspace';

/** What `login` takes. */
export interface EightBaseCredentials {
  readonly email: string;
  readonly password: string;
}

const LOGIN_TOKENS = 'data.userLogin.auth';
const REFRESH_TOKENS = 'data.userRefreshToken';

/**
 * 8base with its own user pool (an authentication profile of the type "8base Authentication"): signs in by e-mail and password, renews with a
 * refresh token, and sends the ID token as bearer. Users who sign in at Auth0 or another OpenID provider need `eightBaseApi` only.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-path`
 *
 * @example provideAuth(eightBase({ workspaceId: 'ck…', authProfileId: 'ck…' }))
 */
export function eightBase(options: EightBaseOptions): AuthProvider<EightBaseCredentials, EightBaseActions> {
  const workspace = workspaceAt(options);
  const { authProfileId } = options;
  const login: Exchange<EightBaseCredentials, Grant> = {
    request: ({ email, password }) => workspace.ask(LOGIN, { data: { email, password, authProfileId } }),
    read: answer => grantIn(answer.json, LOGIN_TOKENS) ?? failureIn(answer),
  };
  return {
    id: 'eight-base',
    audience: `${workspace.endpoint} ${authProfileId}`,
    // The workspace has one endpoint for everything, the application's own requests too.
    endpoints: [],
    signIn: {
      start: (input, http) =>
        isCredentials(input) ? http.send(login, input) : Promise.reject(noCredentials()),
    },
    session: sessionOf(workspace, authProfileId),
    ...eightBaseApi(options),
    actions: context => eightBaseActions(context, workspace, options),
    factory: eightBase,
  };
}

function sessionOf(workspace: Workspace, authProfileId: string): RenewableSession {
  return {
    kind: 'renewable',
    secret: 'held',
    rotation: 'strict',
    secretAt: [`${LOGIN_TOKENS}.refreshToken`, `${REFRESH_TOKENS}.refreshToken`],
    renew: {
      // Without the old token: 8base would look at it first, and call it expired.
      request: ({ secret = '' }) => workspace.ask(REFRESH, { data: { refreshToken: secret, authProfileId } }),
      read: answer => grantIn(answer.json, REFRESH_TOKENS) ?? failedRenewal(answer),
    },
  };
}

function grantIn(json: unknown, path: string): Grant | undefined {
  const token = memberAt(json, `${path}.idToken`);
  const secret = memberAt(json, `${path}.refreshToken`);
  if (typeof token !== 'string' || token === '') return undefined;
  return { token, secret: typeof secret === 'string' && secret !== '' ? secret : undefined };
}

function isCredentials(input: object): input is EightBaseCredentials {
  return (
    isJsonObject(input) &&
    [input['email'], input['password']].every(value => typeof value === 'string' && value !== '')
  );
}

function noCredentials(): AuthError {
  return authError('needs-user', 'invalid-input', '{ email, password }, both of them text that is not empty');
}
