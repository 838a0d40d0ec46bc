import { authError } from 'ngx-latchkey/core';
import { sha256 } from './base64url';

/** The public half of a P-256 key, in the members that a thumbprint is made of (RFC 7638, section 3.2). */
export interface PublicKey {
  readonly crv: 'P-256';
  readonly kty: 'EC';
  readonly x: string;
  readonly y: string;
}

/** The key that the tokens of a session are bound to. */
export interface DpopKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKey;
  readonly thumbprint: string;
}

/**
 * A new pair for ES256, whose private half no script can read.
 *
 * @throws AuthError `dpop-unavailable` where the browser has no WebCrypto: an insecure context
 */
export async function newKeyPair(): Promise<CryptoKeyPair> {
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle === undefined) throw authError('misconfigured', 'dpop-unavailable');
  return subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

export async function dpopKey({ privateKey, publicKey }: CryptoKeyPair): Promise<DpopKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk: PublicKey = { crv: 'P-256', kty: 'EC', x, y };
  return { privateKey, publicKey: jwk, thumbprint: await thumbprintOf(jwk) };
}

/** RFC 7638, section 3: the members in the order of their names, and no blank between them. */
export function thumbprintOf({ crv, kty, x, y }: PublicKey): Promise<string> {
  return sha256(JSON.stringify({ crv, kty, x, y }));
}
