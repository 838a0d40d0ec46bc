import { HttpErrorResponse, type HttpRequest, HttpResponse } from '@angular/common/http';
import type { ApiDialect, Held, Verdict } from 'ngx-latchkey/core';
import { REPLAY } from './auth-context';

type Answer = HttpErrorResponse | HttpResponse<unknown>;

/**
 * What an API may find wrong with a request whose token is good: how the user signed in (RFC 9470), what the token is for (RFC 6750), the proof that
 * came with it (RFC 9449). No other token of the same sign-in helps.
 */
const NOT_THE_TOKEN = [
  'insufficient_user_authentication',
  'insufficient_scope',
  'use_dpop_nonce',
  'invalid_dpop_proof',
];

/** What an API says about the token that it was sent. */
export function judge(api: ApiDialect, answer: Answer, held: Held): Verdict {
  if (NOT_THE_TOKEN.includes(challengeError(answer))) return 'pass';
  if (api.judge === undefined) return answer.status === 401 ? 'token-dead' : 'pass';
  const body: unknown = answer instanceof HttpErrorResponse ? answer.error : answer.body;
  const { url, status, headers } = answer;
  return api.judge({ url: url ?? '', status, header: name => headers.get(name), body }, held);
}

/** Whether the API names the token as the reason in words that can be read (RFC 6750, section 3.1). */
export function isProven(answer: Answer): boolean {
  return challengeError(answer) === 'invalid_token';
}

/** The error that a rejection names in words that can be read, such as `invalid_token`; empty for any other answer. */
export function challengeError({ headers }: Answer): string {
  const challenge = headers.get('www-authenticate') ?? '';
  return /\b(?:Bearer|DPoP)\b.*?\berror="?(\w+)/i.exec(challenge)?.[1]?.toLowerCase() ?? '';
}

/** Whether the request may be sent a second time. */
export function mayReplay(request: HttpRequest<unknown>, proven: boolean): boolean {
  const mode = request.context.get(REPLAY);
  if (mode === 'never' || !isRepeatable(request)) return false;
  return mode === 'always' || proven || !['POST', 'PATCH'].includes(request.method);
}

/** Whether the request is still there to be sent again: a stream has been read. */
export function isRepeatable({ body }: HttpRequest<unknown>): boolean {
  return !(typeof ReadableStream === 'function' && body instanceof ReadableStream);
}
