import {
  type Grant,
  type Held,
  type JsonObject,
  type JwtClaims,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  readJwt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type OidcMemory, asMemory, memoryOf } from './oidc-memory';
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

/** The server wants to ask the user something first; the session is kept. */
const NEEDS_USER = ['interaction_required', 'login_required', 'consent_required', 'mfa_required'];

/**
 * The answer to a refresh (RFC 6749, section 6; OIDC Core 12.2). Whatever is wrong with it, a refresh token that came with it is kept: the server
 * may take the one before for stolen when it sees it again. Only the tokens of another user are not.
 */
export function readRenewal(answer: WireAnswer, held: Held, options: OidcOptions): Grant | Refusal {
  const { status, json } = answer;
  if (!isJsonObject(json)) return unexpectedAnswer(answer);
  const { error, id_token: idToken } = json;
  // Status 400 by the standard, 403 at Auth0; a gateway's error has no such word in it.
  if (error === 'invalid_grant' && status >= 400 && status < 500)
    return refuse('refused', 'session-refused', answer);
  if (typeof error === 'string' && MISCONFIGURED.includes(error)) {
    return refuse('misconfigured', 'token-request-refused', answer, error);
  }
  if (typeof error === 'string' && NEEDS_USER.includes(error) && status < 500)
    return refuse('needs-user', 'interaction-required', answer);
  if (status !== 200) return unexpectedAnswer(answer);

  const [token, secret] = [textIn(json['access_token']), textIn(json['refresh_token'])];
  const { user } = held;
  const memory = memoryOf(held);
  const claims = readJwt(idToken);
  const subject = memory.subject ?? user?.id ?? claims?.sub;
  // Whoever that is: the engine sees that the user is another, ends the session, and gives back what was sent.
  if (claims?.sub && claims.sub !== subject) {
    return { token: token ?? '', secret, user: userFrom(claims, '', options) };
  }
  const useless = (flaw: Refusal): Grant | Refusal =>
    secret === undefined ? flaw : { token: held.token, secret, flaw };
  if (token === undefined) return useless(unexpectedAnswer(answer));
  if (typeOf(json) !== (memory.tokenType ?? 'bearer'))
    return useless(refuse('misconfigured', 'token-type-changed', answer));
  const wanted = options.token === 'id';
  const missing = textIn(idToken) === undefined;
  if (missing && wanted) return useless(refuse('misconfigured', 'id-token-missing', answer));
  const grant = { token, expiresIn: secondsIn(json), secret };
  if (!missing && !isSound(claims, memory, options)) {
    const flaw = refuse('misconfigured', 'invalid-id-token', answer);
    return wanted ? useless(flaw) : { ...grant, flaw };
  }
  // What UserInfo said stays, and so does everything where there is no ID token; roles may be in the access token.
  const known = { ...((missing || options.userInfo) && user?.profile), ...claims };
  return {
    ...grant,
    // An ID token tells its own span.
    ...(wanted && { token: String(idToken), expiresIn: undefined }),
    ...(known.sub !== undefined && { user: userFrom(known, token, options) }),
    ...(!missing && { memory: asMemory({ ...memory, subject, idToken: String(idToken) }) }),
  };
}

/** Whether an ID token is of the same issuer and sign-in, for this client (OIDC Core 12.2). Its dates are no reason to go without: clocks differ. */
function isSound(
  claims: JwtClaims | null,
  { nonce }: Partial<OidcMemory>,
  { issuer, clientId }: OidcOptions,
): boolean {
  const audience = [claims?.aud].flat();
  return (
    !!claims?.sub &&
    claims.iss === issuer &&
    audience.includes(clientId) &&
    (audience.length === 1 || claims['azp'] === clientId) &&
    (claims['nonce'] === undefined || claims['nonce'] === nonce)
  );
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
