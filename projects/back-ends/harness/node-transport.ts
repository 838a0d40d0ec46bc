import { type Transport, authError } from 'ngx-latchkey/core';

/**
 * Real requests, with a jar of cookies, as a browser has one.
 *
 * @param page the origin of the page, which URLs without one belong to
 */
export function nodeTransport(
  page = 'http://127.0.0.1:4200',
  jar: Map<string, string> = new Map<string, string>(),
): Transport {
  return async (request, deadline) => {
    const url = new URL(request.url, page);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body =
      request.form !== undefined
        ? new URLSearchParams(request.form).toString()
        : request.json !== undefined
          ? JSON.stringify(request.json)
          : undefined;
    const answer = await fetch(url, {
      method: request.method,
      headers: {
        Origin: page,
        ...(request.form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(request.json !== undefined && { 'Content-Type': 'application/json' }),
        ...request.headers,
        ...(request.credentials === 'include' && cookie !== '' && { Cookie: cookie }),
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(deadline),
    }).catch((error: unknown) => {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      throw authError('not-now', timedOut ? 'no-answer' : 'unreachable', `${request.method} ${url.pathname}`);
    });
    if (request.credentials === 'include') {
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
        if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
    }
    const text = await answer.text();
    const isJson = /[/+-]json\b/i.test(answer.headers.get('content-type') ?? '');
    const headers = Object.fromEntries(answer.headers);
    return { status: answer.status, headers, json: isJson ? parsed(text) : undefined };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
