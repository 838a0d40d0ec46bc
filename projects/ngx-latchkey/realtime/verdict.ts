import type { Verdict } from 'ngx-latchkey/core';
import type { ApiTokenSource } from './api-token-source';

/** What an answer to a request says about the token that the request carried. Leaves the answer's body to be read. */
export async function verdictOf(tokens: ApiTokenSource, answer: Response, token: string): Promise<Verdict> {
  const { url, status, headers } = answer;
  const verdict = tokens.judge
    ? tokens.judge({ url, status, header: name => headers.get(name), body: await jsonOf(answer) }, token)
    : status === 401
      ? 'token-dead'
      : 'pass';
  // RFC 6750, section 3.1: the server has looked at the token and at nothing else.
  const proven = /^\s*(Bearer|DPoP)\b.*error="?invalid_token/i.test(headers.get('www-authenticate') ?? '');
  return verdict === 'token-dead' && proven ? 'token-refused' : verdict;
}

async function jsonOf(answer: Response): Promise<unknown> {
  if (!/[/+-]json\b/i.test(answer.headers.get('content-type') ?? '')) return undefined;
  const body: Promise<unknown> = answer.clone().json();
  return body.catch(() => undefined);
}
