import { randomUUID } from 'node:crypto';
import { type CryptoKey, type JWK, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';

/** A key pair; the public half is shown to clients. */
export interface HostileKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

/** What can be wrong with a signature. */
export type Signature = 'none' | 'damaged' | 'symmetric' | 'unknown-key' | 'without-kid' | 'ES256';

/** To make a pair takes longer than a spec may last: there are three, which get new names. */
const made = new Map<number, ReturnType<typeof generateKeyPair>>();

export async function hostileKey(place: number): Promise<HostileKey> {
  const { privateKey, publicKey } = await pairAt(place % 3);
  const kid = randomUUID();
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

function pairAt(place: number): ReturnType<typeof generateKeyPair> {
  const pair = made.get(place) ?? generateKeyPair('RS256');
  made.set(place, pair);
  return pair;
}

/** An ID token with a good signature, or with another one. */
export async function signedBy(
  { kid, privateKey }: HostileKey,
  claims: Readonly<Record<string, unknown>>,
  signature: Signature | undefined,
): Promise<string> {
  const token = new SignJWT(claims);
  switch (signature) {
    case 'none':
      return new UnsecuredJWT(claims).encode();
    case 'symmetric':
      return token
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode('latchkey-web'.repeat(3)));
    case 'ES256':
      return token
        .setProtectedHeader({ alg: 'ES256', kid })
        .sign((await generateKeyPair('ES256')).privateKey);
    case 'unknown-key':
      return token.setProtectedHeader({ alg: 'RS256', kid: randomUUID() }).sign(privateKey);
    case 'without-kid':
      return token.setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    case 'damaged': {
      const good = await token.setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
      const other = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
      return [...good.split('.').slice(0, 2), other.split('.')[2]].join('.');
    }
    case undefined:
      return token.setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  }
}
