import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { invalidToken } from './errors.js';
import type { ClaimValue, Session, SigningSecret, User } from './state.js';

/** Claims of an access token: RFC 7519's, plus the session, its refresh generation, and who the user is. */
export interface AccessClaims {
  readonly iss: string;
  readonly sub: string;
  readonly sid: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly gen: number;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly [claim: string]: ClaimValue;
}

/** Claims that a user's own `claims` cannot replace. */
export const RESERVED_CLAIMS: readonly string[] = [
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'sid', 'gen'],
  ...['name', 'email', 'roles', 'permissions'],
];

/** The claims of the session's newest access token. `now` in milliseconds, `lifetime` in seconds. */
export function claimsFor(
  user: User,
  session: Session,
  issuer: string,
  now: number,
  lifetime: number,
): AccessClaims {
  const iat = Math.floor(now / 1000);
  const { id: sub, name, email, roles, permissions } = user;
  const jti = `${session.id}.${session.accessIssued}`;
  const own = { iss: issuer, sub, sid: session.id, iat, exp: iat + lifetime, jti, gen: session.generation };
  return { ...user.claims, ...own, name, email, roles, permissions };
}

interface SigningKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** Signs with the first secret and verifies with all, so that a secret can be replaced without ending a session. */
export class Tokens {
  readonly #secrets: readonly SigningKey[];
  readonly #issuer: string;

  constructor(secrets: readonly SigningSecret[], issuer: string) {
    this.#secrets = secrets.map(({ id, secret }) => ({ id, key: new TextEncoder().encode(secret) }));
    this.#issuer = issuer;
  }

  sign(claims: AccessClaims): Promise<string> {
    const signer = this.#secrets[0];
    if (signer === undefined) throw new Error('No signing secret');
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: signer.id })
      .sign(signer.key);
  }

  /**
   * The verified claims. Secrets are tried by the token's `kid` first, then in order.
   *
   * @throws ApiError `invalid_token`
   */
  async verify(token: string, now: number): Promise<Readonly<Record<string, unknown>>> {
    for (const { key } of this.#candidates(token)) {
      try {
        const options = { algorithms: ['HS256'], issuer: this.#issuer, currentDate: new Date(now) };
        return (await jwtVerify(token, key, { ...options, requiredClaims: ['sub', 'sid', 'exp', 'jti'] }))
          .payload;
      } catch (error) {
        if (error instanceof errors.JWSSignatureVerificationFailed) continue;
        if (error instanceof errors.JWTExpired) throw invalidToken('The access token has expired.');
        break;
      }
    }
    throw invalidToken('The access token is not one this server issued.');
  }

  #candidates(token: string): readonly SigningKey[] {
    try {
      const { kid } = decodeProtectedHeader(token);
      return [...this.#secrets].sort((a, b) => Number(b.id === kid) - Number(a.id === kid));
    } catch {
      return [];
    }
  }
}
