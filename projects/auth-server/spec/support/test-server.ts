import { createAuthServer, type AuthServer, type AuthServerOptions } from '../../src/index.js';

/** Costs that keep argon2id real and the specs quick. */
export const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON object of the body, or an empty one. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

export interface TestServer {
  readonly url: string;
  readonly server: AuthServer;
  /** The server's real time; set it instead of waiting. Milliseconds. */
  time: number;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  get(path: string, accessToken?: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  signIn(username?: string): Promise<Grant>;
  refresh(refreshToken: string): Promise<Answer>;
}

const open: AuthServer[] = [];

/** A server on a free port with a clock that stands still until it is set. */
export async function startServer(options: AuthServerOptions = {}): Promise<TestServer> {
  const settings = { port: 0, passwordHashing: CHEAP, now: (): number => test.time, ...options };
  const test: TestServer = {
    url: '',
    server: undefined as unknown as AuthServer,
    time: Date.UTC(2026, 0, 1),
    call: (method, path, body, headers) => call(`${test.url}${path}`, method, body, headers),
    get: (path, accessToken) =>
      test.call('GET', path, undefined, accessToken === undefined ? {} : bearer(accessToken)),
    post: (path, body) => test.call('POST', path, body),
    async signIn(username = 'ada') {
      return grantOf(await test.post('/auth/login', { username, password: `latchkey-${username}` }));
    },
    refresh: refreshToken => test.post('/auth/refresh', { refreshToken }),
  };
  const server = await createAuthServer(settings);
  open.push(server);
  return Object.assign(test, { server, url: server.url });
}

export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map(server => server.close()));
}

export async function call(
  url: string,
  method: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function grantOf({ body }: Answer): Grant {
  const { accessToken, refreshToken, expiresIn } = body;
  return {
    accessToken: String(accessToken),
    refreshToken: String(refreshToken),
    expiresIn: Number(expiresIn),
  };
}

/** `name=value` of the cookie an answer sets, as a client sends it back. */
export function cookieOf(answer: Answer): string {
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

/**
 * Seconds from a claim to a time in milliseconds; one second is none. The issuer cuts its times to whole seconds of the real
 * clock, which begin elsewhere than those of a test's.
 */
export function secondsBetween(claim: unknown, time: number): number {
  const seconds = Math.round(time / 1000) - Number(claim);
  return Math.abs(seconds) <= 1 ? 0 : seconds;
}

/** The names of the fields that a 400 complains about. */
export function complaintsOf({ body }: Answer): readonly string[] {
  return Object.keys(recordOf(body['fields']));
}

/** The access token inside Averos's `auth_token`. */
export function averosTokenOf({ body }: Answer): string {
  return String(recordOf(body['auth_token'])['token']);
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
