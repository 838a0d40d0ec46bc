import { base64url, bytesOf, sha256 } from './base64url';
import type { DpopKey } from './dpop-key';

/** The request that a proof is for. */
export interface ProvedRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: URL;
  /** The access token that it carries, if any. */
  readonly token?: string | undefined;
  /** What the server wants to find in the proof. */
  readonly nonce?: string | undefined;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: number;
}

/** A proof for one request: whoever sends it holds the key (RFC 9449, section 4.2). */
export async function proofOf(key: DpopKey, request: ProvedRequest): Promise<string> {
  const { method, url, token, nonce, now } = request;
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicKey };
  const claims = {
    jti: crypto.randomUUID(),
    htm: method,
    htu: url.origin + url.pathname,
    iat: Math.floor(now / 1000),
    ...(token !== undefined && { ath: await sha256(token) }),
    ...(nonce !== undefined && { nonce }),
  };
  const signed = [header, claims].map(part => base64url(bytesOf(JSON.stringify(part)))).join('.');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, bytesOf(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}
