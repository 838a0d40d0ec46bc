import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify, type JWTPayload } from 'jose';
import { createHash } from 'node:crypto';
import { ApiError } from '../errors.js';

const ALGORITHMS = ['ES256', 'Ed25519', 'EdDSA'];

/** How far a proof without a nonce may be from the real time, in seconds. */
const RECENT = 300;

/** The request that a proof has to fit (RFC 9449 section 4.3). */
export interface ProvedRequest {
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly accessToken: string;
  /** Thumbprint of the key that the access token is bound to. */
  readonly thumbprint: string;
}

/**
 * The claims of a proof that fits the request. Its time is judged by the real clock, as at the token endpoint; whether its
 * nonce is good and its `jti` new is for the caller to see.
 *
 * @throws ApiError `invalid_dpop_proof`
 */
export async function verifyProof(
  proof: string,
  { method, url, accessToken, thumbprint }: ProvedRequest,
): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
    algorithms: ALGORITHMS,
    typ: 'dpop+jwt',
    requiredClaims: ['htm', 'htu', 'ath', 'iat', 'jti'],
  }).catch((error: unknown) => {
    throw invalidProof(error instanceof errors.JOSEError ? error.message : 'It is no proof.');
  });
  const isOwnKey =
    protectedHeader.jwk !== undefined && (await calculateJwkThumbprint(protectedHeader.jwk)) === thumbprint;
  if (!isOwnKey) throw invalidProof('It is signed by another key than the token is bound to.');
  if (payload['htm'] !== method || payload['htu'] !== url) throw invalidProof('It is for another request.');
  if (payload['ath'] !== createHash('sha256').update(accessToken).digest('base64url')) {
    throw invalidProof('It is for another access token.');
  }
  const age = Math.abs(Date.now() / 1000 - (payload.iat ?? 0));
  if (payload['nonce'] === undefined && age > RECENT) throw invalidProof('It is too old, or not yet due.');
  return payload;
}

export function invalidProof(why: string): ApiError {
  return dpopChallenge('invalid_dpop_proof', `The DPoP proof does not fit. ${why}`);
}

/** RFC 9449 section 9: the proof has to be made again, with this nonce. */
export function useNonce(nonce: string): ApiError {
  return dpopChallenge('use_dpop_nonce', 'The DPoP proof needs the nonce of this answer.', nonce);
}

/** A refusal with the `DPoP` challenge (RFC 9449 section 7.1). */
export function dpopChallenge(code: string, message: string, nonce?: string): ApiError {
  const challenge = `DPoP error="${code}", algs="${ALGORITHMS.join(' ')}"`;
  return new ApiError(401, code, message, {
    details: { error: code },
    headers: { 'www-authenticate': challenge, ...(nonce === undefined ? {} : { 'dpop-nonce': nonce }) },
  });
}
