import type { ApiAnswer, ApiSide, Verdict } from 'ngx-latchkey/core';
import { errorsIn } from './eight-base-errors';
import type { EightBaseOptions } from './eight-base-options';
import { idTokenOf, identify } from './identify';
import { workspaceAt } from './workspace';

/**
 * An 8base workspace for users who sign in at Auth0 or another OpenID provider: the ID token goes as bearer to the workspace's endpoint, and
 * who signs in for the first time gets a row in its Users table.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-path`
 *
 * @example provideAuth(auth0({ … }), withApi(eightBaseApi({ workspaceId: 'ck…', authProfileId: 'ck…' })))
 */
export function eightBaseApi(options: EightBaseOptions): ApiSide {
  const workspace = workspaceAt(options);
  return {
    api: {
      origins: [workspace.endpoint, ...(options.api ?? [])],
      token: idTokenOf,
      headers: held => ({ Authorization: `Bearer ${idTokenOf(held)}`, workspace: options.workspaceId }),
      judge,
    },
    identify: (held, http) => identify(held, http, workspace, options),
  };
}

/** 8base says it in the body, mostly of a 200; other APIs of the application by the status. */
function judge({ status, body }: ApiAnswer): Verdict {
  const named = errorsIn(body).some(
    ({ code, message }) =>
      ['TokenExpiredError', 'InvalidTokenError'].includes(code) && !/refresh token/i.test(message),
  );
  if (named) return 'token-refused';
  return status === 401 ? 'token-dead' : 'pass';
}
