import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createHash, randomUUID } from 'node:crypto';

/** Makes the `DPoP` header of a request; `more` replaces claims. */
export type Prove = (
  method: string,
  url: string,
  more?: Readonly<Record<string, unknown>>,
) => Promise<{ readonly dpop: string }>;

export async function createDpopKey(): Promise<Prove> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  return async (method, url, more = {}) => {
    const claims = { htm: method, htu: url, jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...more };
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk };
    return { dpop: await new SignJWT(claims).setProtectedHeader(header).sign(privateKey) };
  };
}

export function athOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('base64url');
}
