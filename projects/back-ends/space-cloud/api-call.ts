import type { ApiSide, SessionEngine } from 'ngx-latchkey/core';

/** What an API answered, with what became of the session by it. */
export interface ApiOutcome {
  readonly status: number;
  readonly body: unknown;
}

/** Calls an API with the session's token and lets the provider judge the answer, as the interceptor does. */
export async function apiCall(
  engine: SessionEngine,
  { api }: ApiSide,
  url: string,
  body: object,
): Promise<ApiOutcome> {
  const token = await engine.token();
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token.held.token}` }),
    },
    body: JSON.stringify(body),
  });
  const outcome: ApiOutcome = { status: answer.status, body: await answer.json() };
  if (token === null) return outcome;
  const given = { url, ...outcome, header: (name: string) => answer.headers.get(name) };
  const verdict = api.judge?.(given, token.held) ?? 'pass';
  const { sid, generation } = token;
  if (verdict === 'token-refused') await engine.rejected({ sid, generation, proven: true, replayed: false });
  return outcome;
}
