import { jwtDecode } from 'jwt-decode';
import { isJsonObject, type JsonObject } from './json';

/** The claims of a JWT (RFC 7519, section 4), for display and for planning. Nothing here has been verified. */
export interface JwtClaims extends JsonObject {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  /** Seconds since the epoch; absent when the token's own value cannot be a time. */
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
}

const PART_LIMIT = 16_384;
const DEPTH_LIMIT = 16;
// Beyond it a number is milliseconds, or nonsense: 1e11 s is the year 5138.
const LATEST_TIME = 1e11;
const TIMES = ['exp', 'nbf', 'iat', 'auth_time'];
const NAMES_OF_PROTOTYPES = ['__proto__', 'constructor', 'prototype'];

/**
 * The claims of a JWT, or `null` for anything that is not one: an opaque token, an encrypted one, a damaged one.
 * Takes any input and never throws. A time that cannot be one is left out, so that unknown is never mistaken for expired.
 *
 * @example readJwt(token)?.['email']
 */
export function readJwt(token: unknown): JwtClaims | null {
  if (typeof token !== 'string' || !hasFormOfJwt(token)) return null;
  try {
    // jwt-decode reads bytes that are not UTF-8 as Latin-1; a claim must not have two readings.
    const payload = Uint8Array.from(atob(base64(token.split('.')[1] ?? '')), byte => byte.charCodeAt(0));
    new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const claims: unknown = jwtDecode(token);
    return isJsonObject(claims) && depthOf(claims) <= DEPTH_LIMIT ? soundClaims(claims) : null;
  } catch {
    // jwt-decode, atob and TextDecoder throw on what is not base64url, UTF-8 or JSON: it is not a JWT then.
    return null;
  }
}

function hasFormOfJwt(token: string): boolean {
  return (
    /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) &&
    token.split('.').every(part => part.length <= PART_LIMIT && part.length % 4 !== 1)
  );
}

function base64(part: string): string {
  return part.replaceAll('-', '+').replaceAll('_', '/');
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member));
  return deepest + 1;
}

function soundClaims(claims: JsonObject): JwtClaims {
  const sound = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(claims)) {
    const dangerous = NAMES_OF_PROTOTYPES.includes(name);
    const noTime = TIMES.includes(name) && !(typeof value === 'number' && value > 0 && value < LATEST_TIME);
    const noSubject = name === 'sub' && !(typeof value === 'string' && value.length <= 255);
    if (!dangerous && !noTime && !noSubject) sound[name] = value;
  }
  return sound;
}
