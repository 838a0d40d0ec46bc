import {
  type Refusal,
  type RenewableSession,
  type WireAnswer,
  type WireRequest,
  isRefusal,
  memberAt,
} from 'ngx-latchkey/core';

/**
 * What there is against an answer with a token that is not bound to the key; `undefined` for any other answer.
 *
 * @param secretAt the members of an answer that hold a secret: where there is one, there is a token
 */
export function unboundIn({ status, json }: WireAnswer, secretAt: readonly string[]): Refusal | undefined {
  const grants = ['access_token', ...secretAt].some(path => typeof memberAt(json, path) === 'string');
  const type = memberAt(json, 'token_type');
  const bound = typeof type === 'string' && /^dpop$/i.test(type);
  if (status >= 300 || !grants || bound) return undefined;
  return { failure: 'misconfigured', code: 'token-type-changed', status };
}

/**
 * A renewal that takes no token that is not bound, but the secret that came with it: the server may have replaced the one before, and take that for
 * stolen from then on. Tokens of another user end the session, as ever.
 *
 * @param asked where its requests are noted, since their answers are for it to judge
 */
export function boundRenewal(
  { renew, secretAt = [] }: RenewableSession,
  asked: WeakSet<WireRequest>,
): RenewableSession['renew'] {
  return {
    request(held) {
      const request = renew.request(held);
      asked.add(request);
      return request;
    },
    read(answer, held) {
      const grant = renew.read(answer, held);
      const flaw = unboundIn(answer, secretAt);
      if (flaw === undefined || isRefusal(grant)) return flaw ?? grant;
      const { secret, user = held.user } = grant;
      if (user?.id !== held.user?.id) return grant;
      return secret === undefined ? flaw : { token: held.token, secret, flaw };
    },
  };
}
