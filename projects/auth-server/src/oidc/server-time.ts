import { decodeJwt, SignJWT } from 'jose';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../clock.js';
import type { OpenIdSigningKey } from './signing-key.js';

const TIMES = ['iat', 'exp', 'auth_time'];

/** The times among the claims, moved from real time to the server's. */
export function inServerTime(
  claims: Readonly<Record<string, unknown>>,
  clock: Clock,
): Record<string, unknown> {
  const ahead = Math.round((clock.now() - Date.now()) / 1000);
  const move = ([name, value]: [string, unknown]): [string, unknown] =>
    TIMES.includes(name) && typeof value === 'number' ? [name, value + ahead] : [name, value];
  return Object.fromEntries(Object.entries(claims).map(move));
}

/** Dates ID tokens by the server's clock, which a test or a fault sets; `oidc-provider` dates them by the real one. */
export function dateIdTokens(provider: Provider, clock: Clock, key: OpenIdSigningKey): void {
  const { prototype } = provider.IdToken;
  const { issue } = prototype;
  prototype.issue = async function (context) {
    const token = await issue.call(this, context);
    const claims = inServerTime(decodeJwt(token), clock);
    return new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.id }).sign(key.privateKey);
  };
}
