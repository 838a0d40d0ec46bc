import {
  type AuthProvider,
  type Grant,
  type WireAnswer,
  memberAt,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

interface Desk {
  readonly token: string;
  readonly expiresIn: number;
  readonly secret: string;
  readonly user: string;
}

/** The provider of the realtime server: signs in whoever gives a name. */
export function deskProvider(address: string): AuthProvider<{ readonly name: string }> {
  const grantOf = ({ json }: WireAnswer): Grant => {
    const { token, expiresIn, secret, user } = json as Desk;
    return { token, expiresIn, secret, user: { id: user, roles: [], permissions: [], profile: {} } };
  };
  const read = (answer: WireAnswer) =>
    typeof memberAt(answer.json, 'token') === 'string' ? grantOf(answer) : unexpectedAnswer(answer);
  return {
    id: 'desk',
    audience: address,
    endpoints: [`${address}/auth`],
    factory: deskProvider,
    signIn: {
      start: ({ name }, http) =>
        http.send(
          { request: () => ({ url: `${address}/auth/login`, method: 'POST', json: { name } }), read },
          undefined,
        ),
    },
    session: {
      kind: 'renewable',
      secret: 'held',
      rotation: 'none',
      renew: {
        request: ({ secret = '' }) => ({ url: `${address}/auth/renew`, method: 'POST', json: { secret } }),
        read,
      },
    },
    api: { origins: [address] },
  };
}
