import {
  type Grant,
  type Held,
  type JsonObject,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  readJwt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { asMemory, memoryOf } from './oidc-memory';
import type { OidcOptions } from './oidc-options';
import { userFrom } from './oidc-user';

/** Errors of a token endpoint after which asking again is no use (RFC 6749, section 5.2). */
const MISCONFIGURED = [
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
];

/** The answer to a refresh (RFC 6749, section 6; OIDC Core 12.2). */
export function readRenewal(answer: WireAnswer, held: Held, options: OidcOptions): Grant | Refusal {
  const { status, json } = answer;
  if (!isJsonObject(json)) return unexpectedAnswer(answer);
  const { error, access_token: token, id_token: idToken, refresh_token: secret } = json;
  // Status 400 by the standard, 403 at Auth0; a gateway's error has no such word in it.
  if (error === 'invalid_grant' && status >= 400 && status < 500)
    return refuse('refused', 'session-refused', answer);
  if (typeof error === 'string' && MISCONFIGURED.includes(error)) {
    return refuse('misconfigured', 'token-request-refused', answer, error);
  }
  if (status !== 200 || typeof token !== 'string' || token === '') return unexpectedAnswer(answer);
  const memory = memoryOf(held);
  if (typeOf(json) !== (memory.tokenType ?? 'bearer'))
    return refuse('misconfigured', 'token-type-changed', answer);
  if (typeof idToken !== 'string') {
    return options.token === 'id'
      ? refuse('misconfigured', 'id-token-missing', answer)
      : { token, expiresIn: secondsIn(json), secret: textIn(secret) };
  }
  const claims = readJwt(idToken);
  const subject = memory.subject ?? held.user?.id;
  const { clientId } = options;
  const audience = [claims?.aud].flat();
  const sound =
    claims?.iss === options.issuer &&
    audience.includes(clientId) &&
    (audience.length === 1 || claims['azp'] === clientId) &&
    (claims['nonce'] === undefined || claims['nonce'] === memory.nonce);
  if (!sound || !claims.sub) return refuse('misconfigured', 'invalid-id-token', answer);
  return {
    token: options.token === 'id' ? idToken : token,
    // An ID token tells its own span.
    expiresIn: options.token === 'id' ? undefined : secondsIn(json),
    secret: textIn(secret),
    // Another subject ends the session; the engine sees that the user is another.
    user: claims.sub === subject && options.userInfo ? held.user : userFrom(claims, token, options),
    memory: asMemory({
      ...memory,
      subject: claims.sub,
      tokenEndpoint: memory.tokenEndpoint ?? '',
      tokenType: memory.tokenType ?? 'bearer',
      idToken: idToken,
    }),
  };
}

/** Seconds that the access token lives; some servers write them as a text. */
export function secondsIn({ expires_in: seconds }: JsonObject): number | undefined {
  const given = Number(seconds);
  return seconds !== undefined && Number.isFinite(given) ? given : undefined;
}

function typeOf({ token_type: type }: JsonObject): string {
  return typeof type === 'string' ? type.toLowerCase() : '';
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
