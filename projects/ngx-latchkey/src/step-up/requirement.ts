import type { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { type LiveRecord, readJwt } from 'ngx-latchkey/core';
import { challengeError } from '../http/token-rejection';

/** How a user has to have signed in. */
export interface StepUpRequirement {
  /** The kinds of authentication of which one will do, by preference and with blanks between them. */
  readonly acrValues?: string | undefined;
  /** Seconds that may have passed since the user signed in. */
  readonly maxAge?: number | undefined;
}

/** Seconds that a token may be on its way. */
const TRAVEL = 10;

/** What an API asks for that has nothing against the token but how the user signed in (RFC 9470, section 3); `null` for any other answer. */
export function requirementIn(answer: HttpErrorResponse | HttpResponse<unknown>): StepUpRequirement | null {
  if (answer.status !== 401 || challengeError(answer) !== 'insufficient_user_authentication') return null;
  const challenge = answer.headers.get('www-authenticate') ?? '';
  const acrValues = /\bacr_values="([^"]+)"/i.exec(challenge)?.[1];
  const maxAge = /\bmax_age="?(\d+)/i.exec(challenge)?.[1];
  return { acrValues, maxAge: maxAge === undefined ? undefined : Number(maxAge) };
}

/** Whether the user signed in as asked, by what the token and the user's claims tell; `undefined` where they do not. */
export function meets(
  { held, receivedAt }: LiveRecord,
  { acrValues, maxAge }: StepUpRequirement,
): boolean | undefined {
  const claims = readJwt(held.token);
  const told = (name: string): unknown => claims?.[name] ?? held.user?.profile[name];
  const [acr, at] = [told('acr'), told('auth_time')];
  const now = Date.now();
  // Both times are of the server's clock, so that it does not matter what the local one shows.
  const age =
    claims?.iat === undefined ? now / 1000 - Number(at) : claims.iat - Number(at) + (now - receivedAt) / 1000;
  const verdicts = [
    acrValues === undefined || (typeof acr === 'string' ? acrValues.split(' ').includes(acr) : undefined),
    maxAge === undefined || (typeof at === 'number' ? age <= maxAge + TRAVEL : undefined),
  ];
  return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
}
