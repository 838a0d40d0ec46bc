import type { ProviderKind } from './schema';

/** What a server turned out to be, and what to tell about it. */
export interface IdentifiedServer {
  readonly provider: ProviderKind;
  readonly note?: string;
}

type Answer = { readonly status: number; readonly json: unknown } | 'no answer';

const LARGEST_ANSWER = 65_536;

/**
 * Asks a server what it is. Never rejects: whoever cannot be reached may only not be running yet.
 *
 * @param patience milliseconds for everything together
 */
export async function identifyServer(url: string, patience = 2_000): Promise<IdentifiedServer> {
  const signal = AbortSignal.timeout(patience);
  const [own, lookup] = await Promise.all([
    ask(`${url}/.well-known/latchkey`, signal),
    ask(`${url}/auth/users/latchkey-probe`, signal),
  ]);
  const named = nameIn(own);
  if (named !== undefined) return { provider: named };
  if (isAverosLookup(lookup)) return { provider: 'averos' };
  if (own === 'no answer' && lookup === 'no answer') {
    return {
      provider: 'jwt',
      note: `No server answered at ${url}, so jwtServer() was chosen. A server to develop with: npx latchkey-auth-server`,
    };
  }
  return {
    provider: 'jwt',
    note: `The server at ${url} does not say what it is, so jwtServer() was chosen. If its paths or fields have other names, give them: jwtServer({ url, paths: { … }, fields: { … } })`,
  };
}

async function ask(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      headers: { accept: 'application/json' },
    });
    const text = await firstPart(response);
    return { status: response.status, json: parse(text) };
  } catch {
    // Nobody there, too slow, or a connection that breaks: all the same here.
    return 'no answer';
  }
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
    // A web page, for instance.
    return undefined;
  }
}

function nameIn(answer: Answer): ProviderKind | undefined {
  if (answer === 'no answer' || answer.status !== 200 || !isObject(answer.json)) return undefined;
  const { server, provider } = answer.json;
  const known = provider === 'jwt' || provider === 'averos';
  return server === 'latchkey-auth-server' && known ? provider : undefined;
}

/** Averos answers the question whether a user name is taken in one of three ways, depending on its version. */
function isAverosLookup(answer: Answer): boolean {
  if (answer === 'no answer' || answer.status !== 200) return false;
  const { json } = answer;
  return (
    json === null ||
    (isObject(json) && (typeof json['exists'] === 'boolean' || 'userNameNotAvailable' in json))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
