import { type JWTPayload, createRemoteJWKSet, jwtVerify } from 'jose';
import { insufficientAuthentication, invalidToken, missingToken } from '../../auth-server/src/errors.js';
import { ApiNonces } from '../../auth-server/src/oidc/api-nonces.js';
import { dpopChallenge, useNonce, verifyProof } from '../../auth-server/src/oidc/dpop-proof.js';
import type { Judge } from './issuers-api';

const TOO_OLD = 'The access token is too old, or none of this issuer.';

/** Seconds that may have passed since the sign-in, where a transfer is to be made. */
const MAX_AGE = 300;

/** Whose tokens an API takes. */
interface TrustedIssuer {
  /** Its identifier. */
  readonly issuer: string;
  /** The URL of its public keys. */
  readonly keys: string;
  /** The `acr` that a transfer asks of the sign-in. */
  readonly secondFactor: string;
  /** The claims of its access tokens that tell the `acr`, and when the user signed in. Where the second is not named it is not looked at. */
  readonly acrClaim: string;
  readonly authTimeClaim?: string;
}

/** An API that reads the access tokens itself, as most do, and the proofs of those that are bound to a key. */
export interface TokenReadingApi {
  readonly judge: Judge;
  /** Refuses all tokens that were issued until now. */
  expire(): Promise<void>;
}

/** The judge of such an API. */
export function tokenReadingApi({
  issuer,
  keys: keysUrl,
  secondFactor,
  acrClaim,
  authTimeClaim,
}: TrustedIssuer): TokenReadingApi {
  const keys = createRemoteJWKSet(new URL(keysUrl));
  const nonces = new ApiNonces();
  const used = new Set<unknown>();
  /** Seconds. */
  let notBefore = 0;

  const claimsOf = async (token: string): Promise<JWTPayload | null> => {
    const { payload } = await jwtVerify(token, keys, { issuer }).catch(() => ({ payload: null }));
    return (payload?.iat ?? 0) < notBefore ? null : payload;
  };

  /** What does not tell is too old (RFC 9470, section 5). */
  const isRecent = (claims: JWTPayload): boolean =>
    authTimeClaim === undefined || Date.now() / 1000 - Number(claims[authTimeClaim]) <= MAX_AGE;

  return {
    async judge({ method = '', headers }, url) {
      const [, scheme = '', accessToken] = /^(bearer|dpop) (.+)$/i.exec(headers.authorization ?? '') ?? [];
      if (accessToken === undefined) throw missingToken();
      const isDpop = scheme.toLowerCase() === 'dpop';
      const claims = await claimsOf(accessToken);
      if (claims === null) throw isDpop ? dpopChallenge('invalid_token', TOO_OLD) : invalidToken(TOO_OLD);
      const { jkt: thumbprint } = (claims['cnf'] ?? {}) as { readonly jkt?: string };
      if (isDpop !== (thumbprint !== undefined)) throw dpopChallenge('invalid_token', 'The scheme is wrong.');
      if (thumbprint !== undefined) {
        const proof = String(headers['dpop']);
        const { jti, nonce } = await verifyProof(proof, { method, url, accessToken, thumbprint });
        if (!nonces.isGood(nonce)) throw useNonce(nonces.current());
        if (used.has(jti)) throw dpopChallenge('invalid_dpop_proof', 'It was used before.');
        used.add(jti);
      }
      if (url.endsWith('/transfer') && !(claims[acrClaim] === secondFactor && isRecent(claims))) {
        throw insufficientAuthentication({ acr: secondFactor, maxAge: MAX_AGE }, isDpop ? 'DPoP' : 'Bearer');
      }
    },
    async expire() {
      // Tokens tell their second only: the next one is waited for.
      notBefore = Math.floor(Date.now() / 1000) + 1;
      await new Promise(resolve => setTimeout(resolve, notBefore * 1000 - Date.now()));
    },
  };
}
