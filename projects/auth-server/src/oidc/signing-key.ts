import { exportJWK, generateKeyPair, jwtVerify, type CryptoKey, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';

/** The algorithm that every client may expect without asking (OpenID Connect Core 15.1). */
const ALGORITHM = 'RS256';

/** The key that signs ID tokens and access tokens. */
export interface OpenIdSigningKey {
  readonly id: string;
  readonly algorithm: typeof ALGORITHM;
  readonly privateKey: CryptoKey;
  /** The private key as `oidc-provider` takes it. */
  readonly jwk: JWK;
  /** The `jti` of an access token that this key signed, whatever its age. */
  idOf(token: string): Promise<string | undefined>;
}

let made: Promise<OpenIdSigningKey> | undefined;

/** The process's key, made on first use: it is not kept, as nothing of the issuer is. */
export function signingKey(): Promise<OpenIdSigningKey> {
  made ??= createSigningKey();
  return made;
}

async function createSigningKey(): Promise<OpenIdSigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const id = randomUUID();
  const jwk = { ...(await exportJWK(privateKey)), kid: id, alg: ALGORITHM, use: 'sig' };
  return {
    id,
    algorithm: ALGORITHM,
    privateKey,
    jwk,
    async idOf(token) {
      // Age is the storage's business; only the signature and the kind of token count here.
      const options = { algorithms: [ALGORITHM], typ: 'at+jwt', currentDate: new Date(0) };
      const verified = await jwtVerify(token, publicKey, options).catch(() => undefined);
      return verified?.payload.jti;
    },
  };
}
