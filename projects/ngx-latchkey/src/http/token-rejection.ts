import { HttpErrorResponse, type HttpRequest, HttpResponse } from '@angular/common/http';
import type { ApiDialect, Held, Verdict } from 'ngx-latchkey/core';
import { REPLAY } from './auth-context';

type Answer = HttpErrorResponse | HttpResponse<unknown>;

/** What an API says about the token that it was sent. */
export function judge(api: ApiDialect, answer: Answer, held: Held): Verdict {
  if (api.judge === undefined) return answer.status === 401 ? 'token-dead' : 'pass';
  const body: unknown = answer instanceof HttpErrorResponse ? answer.error : answer.body;
  const { url, status, headers } = answer;
  return api.judge({ url: url ?? '', status, header: name => headers.get(name), body }, held);
}

/** Whether the API names the token as the reason in words that can be read (RFC 6750, section 3.1). */
export function isProven(answer: Answer): boolean {
  return /^\s*(Bearer|DPoP)\b.*error="?invalid_token/i.test(answer.headers.get('www-authenticate') ?? '');
}

/** Whether the request may be sent a second time. */
export function mayReplay(request: HttpRequest<unknown>, proven: boolean): boolean {
  const mode = request.context.get(REPLAY);
  // A stream can be read once.
  if (mode === 'never' || request.body instanceof ReadableStream) return false;
  return mode === 'always' || proven || !['POST', 'PATCH'].includes(request.method);
}
