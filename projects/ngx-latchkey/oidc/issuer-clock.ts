import { memberAt, readJwt } from 'ngx-latchkey/core';

/** How far two clocks may differ, in seconds: many are wrong by minutes, and some by the hours of a time zone. */
const LARGEST = 86_400;

/**
 * Seconds that the issuer's clock is ahead of the page's, by the ID token in the answer to a code. It cannot be an old one, since it has to
 * carry the nonce of this sign-in: its date is what time it is there.
 *
 * @returns 0 for a date that is none, and for one that is more than a day off
 */
export async function issuerAhead(answer: Response): Promise<number> {
  const idToken = memberAt(await answer.clone().json(), 'id_token');
  const issuedAt = typeof idToken === 'string' ? readJwt(idToken)?.iat : undefined;
  return issuedAt !== undefined && isNear(issuedAt) ? Math.round(issuedAt - now()) : 0;
}

/** Whether a date, in seconds since the epoch, may be the present by some clock. */
export function isNear(date: number): boolean {
  return Math.abs(date - now()) < LARGEST;
}

function now(): number {
  return Date.now() / 1000;
}
