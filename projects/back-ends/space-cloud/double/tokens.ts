import { randomBytes } from 'node:crypto';
import {
  type JSONWebKeySet,
  type JWTPayload,
  SignJWT,
  createLocalJWKSet,
  decodeProtectedHeader,
  importSPKI,
  jwtVerify,
} from 'jose';

/** What a project trusts tokens of. The first HS256 secret signs its own. */
export type Secret =
  | { readonly alg: 'HS256'; readonly secret: string; readonly kid?: string }
  | { readonly alg: 'RS256'; readonly publicKey: string; readonly kid?: string }
  | { readonly alg: 'JWKS'; readonly keys: JSONWebKeySet };

export interface Tokens {
  /** The claims of a token. @throws Error with what the gateway says */
  check(token: string): Promise<JWTPayload>;
  create(claims: JWTPayload): Promise<string>;
}

/** @param life seconds of a token of its own; half an hour as the real one */
export function tokens(secrets: readonly Secret[], life = 1800): Tokens {
  const own = secrets.find(secret => secret.alg === 'HS256') ?? { secret: randomBytes(32).toString('hex') };
  const all: readonly Secret[] = [...secrets, { alg: 'HS256', ...own }];
  return {
    async check(token) {
      if (token === '')
        throw refusal(
          'Unable to parse token, token is malformed',
          'token contains an invalid number of segments',
        );
      const kid = kidOf(token);
      const candidates = all.filter(secret => kid === undefined || mayHaveSigned(secret, kid));
      let reason = 'AUTH: JWT token could not be verified';
      for (const secret of candidates) {
        try {
          return await verify(token, secret);
        } catch (error) {
          reason = error instanceof Error ? error.message : reason;
        }
      }
      throw refusal('Failed to parse token or authentication secrets not set in space cloud config', reason);
    },
    create: claims =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setExpirationTime(Math.floor(Date.now() / 1000) + life)
        .sign(new TextEncoder().encode(own.secret)),
  };
}

async function verify(token: string, secret: Secret): Promise<JWTPayload> {
  if (secret.alg === 'JWKS') return (await jwtVerify(token, createLocalJWKSet(secret.keys))).payload;
  const key =
    secret.alg === 'HS256'
      ? new TextEncoder().encode(secret.secret)
      : await importSPKI(secret.publicKey, 'RS256');
  return (await jwtVerify(token, key, { algorithms: [secret.alg] })).payload;
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    throw refusal(
      'Unable to parse token, token is malformed',
      'token contains an invalid number of segments',
    );
  }
}

function mayHaveSigned(secret: Secret, kid: string): boolean {
  return secret.alg === 'JWKS' ? secret.keys.keys.some(key => key.kid === kid) : secret.kid === kid;
}

function refusal(message: string, cause: string): Error {
  return new Error(message, { cause });
}
