import type { FastifyRequest } from 'fastify';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { Caller } from '../access.js';
import type { Core } from '../core.js';
import { invalidToken } from '../errors.js';
import { pathOf } from '../request-hooks.js';
import { dpopChallenge, invalidProof, useNonce, verifyProof } from './dpop-proof.js';

/** How long a proof's `jti` is remembered, in seconds. */
const REMEMBER_PROOF = 600;

/**
 * Who calls with an access token of the OpenID issuer, sent as `Bearer`, or as `DPoP` with a proof when it is bound to a key.
 * Undefined when the request carries no such token.
 *
 * @throws ApiError `invalid_token`, `invalid_dpop_proof`, `use_dpop_nonce`
 */
export async function openIdCaller(core: Core, request: FastifyRequest): Promise<Caller | undefined> {
  const [, scheme = '', value = ''] =
    /^(bearer|dpop) +([\w\-.]+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!isOpenIdToken(value)) return undefined;
  const provider = await core.openid.providerFor(request);
  const token = await provider.AccessToken.find(value);
  const user = token === undefined ? undefined : core.users.byId(token.accountId);
  const isBound = token?.jkt !== undefined;
  if (token === undefined || user === undefined) {
    const sentence = 'The access token has expired, or its session is over.';
    throw scheme.toLowerCase() === 'dpop' ? dpopChallenge('invalid_token', sentence) : invalidToken(sentence);
  }
  if (isBound !== (scheme.toLowerCase() === 'dpop')) {
    throw dpopChallenge('invalid_token', `This access token is sent as ${isBound ? 'DPoP' : 'Bearer'}.`);
  }
  if (token.jkt !== undefined) await proveHolder(core, request, value, token.jkt);
  const claims = decodeJwt(value);
  return { user, claims, generation: Number(claims['gen']) };
}

async function proveHolder(
  core: Core,
  request: FastifyRequest,
  accessToken: string,
  thumbprint: string,
): Promise<void> {
  const { dpop: proof, host = '' } = request.headers;
  if (typeof proof !== 'string') throw invalidProof('There is none.');
  const proved = { method: request.method, url: `http://${host}${pathOf(request)}`, accessToken, thumbprint };
  const { jti = '', nonce } = await verifyProof(proof, proved);
  const { nonces, storage } = core.openid;
  const isMissing = nonce === undefined && core.policy.dpopNonce === 'required';
  if (isMissing || (nonce !== undefined && !nonces.isGood(nonce))) throw useNonce(nonces.current());
  if (storage.find('ApiProof', jti) !== undefined) throw invalidProof('It was used before.');
  storage.put('ApiProof', jti, {}, REMEMBER_PROOF);
}

/** Told by its type (RFC 9068); the server's other tokens are plain `JWT`s or none at all. */
function isOpenIdToken(value: string): boolean {
  try {
    return decodeProtectedHeader(value).typ === 'at+jwt';
  } catch {
    return false;
  }
}
