import { authError } from '../contract/auth-error';
import type { WireAnswer, WireRequest } from '../contract/wire';
import type { Transport } from '../session/ports';

const LARGEST_ANSWER = 262_144;

/**
 * Talks to the auth server by `fetch`: no interceptor of the application in between, no redirects, nothing cached, no referrer.
 */
export function fetchTransport(): Transport {
  return async (request, deadline) => {
    const patience = AbortSignal.timeout(deadline);
    try {
      return await readAnswer(
        await fetch(new URL(request.url, location.origin), fetchOptions(request, patience)),
      );
    } catch {
      // fetch hides why it failed: a refused connection, CORS, a redirect and no network all look the same.
      const code = patience.aborted ? 'no-answer' : 'unreachable';
      throw authError('not-now', code, `${request.method} ${request.url}`, location.origin);
    }
  };
}

function fetchOptions(
  { method, headers, json, form, credentials }: WireRequest,
  signal: AbortSignal,
): RequestInit {
  const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body ?? null,
    credentials: credentials ?? 'omit',
    redirect: 'error',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  };
}

async function readAnswer(response: Response): Promise<WireAnswer> {
  const text = await response.text();
  const isJson = /[/+-]json\b/i.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    json: isJson && text.length <= LARGEST_ANSWER ? parse(text) : undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A body that claims to be JSON and is not is no answer of the auth server.
    return undefined;
  }
}
