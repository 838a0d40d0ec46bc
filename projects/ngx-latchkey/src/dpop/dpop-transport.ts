import { AuthError, type Transport, type WireAnswer, type WireRequest, memberAt } from 'ngx-latchkey/core';
import { unboundIn } from './bound-renewal';
import type { DpopKey } from './dpop-key';
import type { Prover } from './prover';

/** Milliseconds that must be left for a second request; one that is cut off leaves open what the server did. */
const LEAST = 2_000;

/**
 * A transport whose requests carry proofs (RFC 9449, section 5). Where the server wants a nonce it has done nothing, and is asked once more; for
 * whoever uses the transport it stays one request. An answer with a token that is not bound to the key is refused; only a renewal, in whose answer
 * a new secret may be lost, gets to see it.
 *
 * @param secretAt the members of an answer that hold a secret
 * @param renewals the requests of renewals
 */
export function dpopTransport(
  plain: Transport,
  key: () => Promise<DpopKey>,
  { prove, learn }: Prover,
  secretAt: readonly string[],
  renewals: WeakSet<WireRequest>,
): Transport {
  const ask = async (request: WireRequest, deadline: number): Promise<WireAnswer> => {
    const token = tokenIn(request);
    const DPoP = await prove(await key(), request.method, request.url, token);
    const headers: Record<string, string> = { DPoP };
    for (const [name, value] of Object.entries(request.headers ?? {})) {
      headers[name] = value.replace(BEARER, 'DPoP $1');
    }
    return plain({ ...request, headers }, deadline);
  };
  return async (request, deadline) => {
    // Metadata is for everybody, and a header of ours would only have the browser ask the server whether it takes it.
    if (request.method === 'GET' && tokenIn(request) === undefined) return plain(request, deadline);
    const begun = performance.now();
    let answer = await ask(request, deadline);
    const left = Math.floor(deadline - (performance.now() - begun));
    if (learn(request.url, answer.headers['dpop-nonce']) && complaint(answer) === NONCE && left > LEAST) {
      answer = await ask(request, left);
      learn(request.url, answer.headers['dpop-nonce']);
    }
    const wrong = complaint(answer);
    if (wrong !== undefined) {
      const { status } = answer;
      throw new AuthError({ failure: 'not-now', code: 'dpop-proof-refused', status, facts: [wrong] });
    }
    const unbound = renewals.has(request) ? undefined : unboundIn(answer, secretAt);
    if (unbound !== undefined) throw new AuthError(unbound);
    return answer;
  };
}

const NONCE = 'use_dpop_nonce';
const BEARER = /^Bearer (.+)$/i;

function tokenIn({ headers = {} }: WireRequest): string | undefined {
  return BEARER.exec(headers['Authorization'] ?? headers['authorization'] ?? '')?.[1];
}

/** What the server has against the proof, if anything: status 400 at a token endpoint, 401 where a token is taken (RFC 9449, sections 8, 9). */
function complaint({ status, headers, json }: WireAnswer): string | undefined {
  if (status !== 400 && status !== 401) return undefined;
  const error = memberAt(json, 'error');
  const said = typeof error === 'string' ? error : (headers['www-authenticate'] ?? '');
  return /\b(use_dpop_nonce|invalid_dpop_proof)\b/.exec(said)?.[1];
}
