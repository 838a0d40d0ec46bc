/** What came of a question: an answer, nobody there, or somebody who takes too long. */
export type ServerAnswer =
  | { readonly status: number; /** `undefined` for what is not JSON. */ readonly json: unknown }
  | 'nobody'
  | 'silence';

const LARGEST_ANSWER = 65_536;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/i;

/** Asks a server for JSON, without following it elsewhere. Never rejects. */
export async function askServer(url: string, signal: AbortSignal): Promise<ServerAnswer> {
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      headers: { accept: 'application/json' },
    });
    const isJson = JSON_TYPE.test(response.headers.get('content-type') ?? '');
    if (isJson) return { status: response.status, json: parse(await firstPart(response)) };
    await response.body?.cancel();
    return { status: response.status, json: undefined };
  } catch {
    // Too slow, or nobody there and connections that break: those are the same here.
    return signal.aborted ? 'silence' : 'nobody';
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body, or nothing of one that is too large to be the answer. */
async function firstPart(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST_ANSWER) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // It only said that it would be JSON.
    return undefined;
  }
}
