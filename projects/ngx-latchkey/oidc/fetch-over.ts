import {
  type AuthHttp,
  type Refusal,
  type WireAnswer,
  type WireRequest,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `fetch` for a library of the protocol, by way of the session's own transport: its deadlines, its worker, its errors. */
export function fetchOver(http: AuthHttp): Fetch {
  return async (url, { method = 'GET', headers = {}, body }) => {
    const request: WireRequest = {
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => !/^(content-type|user-agent)$/i.test(name)),
      ),
      ...(body instanceof URLSearchParams && { form: Object.fromEntries(body) }),
    };
    const {
      status,
      headers: given,
      json,
    } = await http.send<null, WireAnswer>({ request: () => request, read: asProtocol }, null);
    const text = json === undefined ? null : JSON.stringify(json);
    return new Response(status === 204 ? null : text, { status, headers: given });
  };
}

/** Trouble that passes, and what is put in a server's place, are none of the protocol's business. */
function asProtocol(answer: WireAnswer): WireAnswer | Refusal {
  const { status, json, headers } = answer;
  const foreign = json === undefined && headers['www-authenticate'] === undefined;
  return foreign || status >= 500 || status === 429 ? unexpectedAnswer(answer) : answer;
}
