import {
  type AuthUser,
  type Exchange,
  type Held,
  authError,
  isJsonObject,
  memberAt,
  readJwt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { memoryOf } from './oidc-memory';
import type { OidcOptions } from './oidc-options';
import { userFrom } from './oidc-user';

/** UserInfo once more, whose `sub` has to be the same as ever (OIDC Core 5.3.2). */
export function userInfo(options: OidcOptions): Exchange<Held, AuthUser> {
  return {
    request(held) {
      const url = options.endpoints?.userInfo ?? memoryOf(held).userInfoEndpoint;
      // A session of before it was remembered.
      if (url === undefined) throw authError('misconfigured', 'invalid-userinfo');
      return { url, method: 'GET', headers: { Authorization: `Bearer ${held.token}` } };
    },
    read(answer, held) {
      const { status, json } = answer;
      const subject = memberAt(json, 'sub');
      if (status !== 200 || !isJsonObject(json) || typeof subject !== 'string')
        return unexpectedAnswer(answer);
      const memory = memoryOf(held);
      if (subject !== (memory.subject ?? held.user?.id)) return refuse('refused', 'invalid-userinfo', answer);
      return userFrom({ ...readJwt(memory.idToken), ...json }, held.token, options);
    },
  };
}
