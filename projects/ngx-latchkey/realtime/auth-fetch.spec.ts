import { AuthError } from 'ngx-latchkey';
import { isJsonObject } from 'ngx-latchkey/core';
import { TokenSourceDouble } from '../testing-support/token-source-double';
import { type AuthFetchOptions, authFetch } from './auth-fetch';
import type { ApiTokenSource } from './api-token-source';

const API = 'https://api.test/things';
const INVALID_TOKEN = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

describe('authFetch', () => {
  let tokens: TokenSourceDouble;
  let sent: Request[];
  let answers: Response[];

  beforeEach(() => {
    tokens = new TokenSourceDouble();
    sent = [];
    answers = [];
  });

  const double: typeof fetch = async (input, init) => {
    sent.push(new Request(input, init));
    return answers.shift() ?? new Response('well');
  };
  const request = (options: AuthFetchOptions = {}, source: ApiTokenSource = tokens): typeof fetch =>
    authFetch(source, { fetch: double, ...options });
  const authorizations = (): (string | null)[] => sent.map(({ headers }) => headers.get('Authorization'));
  const rejectTwice = (headers: Record<string, string> = {}): void => {
    answers.push(new Response('', { status: 401, headers }), new Response('', { status: 401, headers }));
  };

  it('brings the token, however the request is written', async () => {
    const send = request();
    await send(API);
    await send(new URL(API));
    await send(new Request(API, { headers: { 'X-Own': 'yes' } }));
    await send(API, { headers: [['X-Own', 'yes']] });
    expect(authorizations()).toEqual(Array(4).fill('Bearer ada-1'));
    expect(sent.map(({ headers }) => headers.get('X-Own'))).toEqual([null, null, 'yes', 'yes']);
  });

  const strangers = [
    'https://api.test.evil.test/',
    'https://evil.test/?https://api.test/',
    '/assets/data.json',
  ];
  for (const url of strangers) {
    it(`brings nothing to ${url}`, async () => {
      await request()(url);
      await request({ origins: ['https://api.test'] })(url);
      expect(authorizations()).toEqual([null, null]);
    });
  }

  it('goes by the origins that it is given', async () => {
    const send = request({ origins: ['https://other.test/v1', '/api'] });
    for (const url of ['https://other.test/v1/x', '/api/x', API, 'https://other.test/v10']) await send(url);
    expect(authorizations()).toEqual(['Bearer ada-1', 'Bearer ada-1', null, null]);
  });

  it('brings nothing anywhere when nobody says where', async () => {
    const { token, watch } = tokens;
    await request({}, { token: token.bind(tokens), watch: watch.bind(tokens) })(API);
    expect(authorizations()).toEqual([null]);
  });

  it('takes no origin without encryption', () => {
    expect(() => request({ origins: ['http://api.test'] })).toThrowError(AuthError, /insecure-url/);
  });

  it('leaves a header of the application alone, and its rejection too', async () => {
    rejectTwice(INVALID_TOKEN);
    const { status } = await request()(API, { headers: { authorization: 'Basic own' } });
    expect([status, ...authorizations()]).toEqual([401, 'Basic own']);
    expect(tokens.rejections).toEqual([]);
  });

  it('is a plain fetch while nobody is signed in', async () => {
    tokens.current = null;
    await request()(API);
    expect(authorizations()).toEqual([null]);
  });

  it('sends nothing when there is no token for the moment', async () => {
    tokens.trouble = new AuthError({ failure: 'not-now', code: 'temporarily-unavailable' });
    await expectAsync(request()(API)).toBeRejectedWith(tokens.trouble);
    expect(sent).toEqual([]);
  });

  it('asks once more with another token', async () => {
    tokens.successor = 'ada-2';
    rejectTwice();
    answers.pop();
    const answer = await request()(API);
    expect(await answer.text()).toBe('well');
    expect(authorizations()).toEqual(['Bearer ada-1', 'Bearer ada-2']);
    expect(tokens.rejections).toEqual([['ada-1', 'token-dead', false]]);
  });

  it('asks once more and not twice, and tells of it', async () => {
    tokens.successor = 'ada-2';
    rejectTwice(INVALID_TOKEN);
    expect((await request()(API)).status).toBe(401);
    expect(tokens.rejections).toEqual([
      ['ada-1', 'token-refused', false],
      ['ada-2', 'token-refused', true],
    ]);
    expect(sent.length).toBe(2);
  });

  it('hands the answer over when there is no other token', async () => {
    answers.push(new Response('why', { status: 401 }));
    expect(await (await request()(API)).text()).toBe('why');
    expect(sent.length).toBe(1);
  });

  const bodies: readonly (readonly [string, Record<string, string>, number])[] = [
    ['PUT', {}, 2],
    ['DELETE', {}, 2],
    ['POST', {}, 1],
    ['PATCH', {}, 1],
    ['POST', INVALID_TOKEN, 2],
  ];
  for (const [method, headers, times] of bodies) {
    it(`sends a ${method} ${times === 2 ? 'again' : 'once'}, ${headers === INVALID_TOKEN ? 'proven' : 'unproven'}`, async () => {
      tokens.successor = 'ada-2';
      for (const input of [API, new Request(API, { method, body: 'a body' })]) {
        answers = [new Response('', { status: 401, headers })];
        await request()(input, typeof input === 'string' ? { method, body: 'a body' } : undefined);
      }
      expect(await Promise.all(sent.map(one => one.text()))).toEqual(Array(2 * times).fill('a body'));
      expect(tokens.rejections.length).toBe(2);
    });
  }

  for (const method of ['POST', 'PUT']) {
    it(`F10: does not send the stream of a ${method} again, says so, and has another token for the next request`, async () => {
      tokens.successor = 'ada-2';
      answers.push(new Response('why', { status: 401, headers: INVALID_TOKEN }));
      const body = new Blob(['a body']).stream();
      const init = { method, body, duplex: 'half' };
      const answer = await request()(API, init);
      expect([answer.status, await answer.text()]).toEqual([401, 'why']);
      expect(tokens.outcomes).toEqual([['not-replayable', method]]);
      await request()(API);
      expect(authorizations()).toEqual(['Bearer ada-1', 'Bearer ada-2']);
    });
  }

  it('F10: sends a Request again, whatever its body was made of', async () => {
    tokens.successor = 'ada-2';
    answers.push(new Response('', { status: 401, headers: INVALID_TOKEN }));
    const body = new Blob(['a body']).stream();
    const init = { method: 'POST', body, duplex: 'half' };
    expect((await request()(new Request(API, init))).status).toBe(200);
    expect(await Promise.all(sent.map(one => one.text()))).toEqual(['a body', 'a body']);
    expect(tokens.outcomes).toEqual([['replayed', 'POST']]);
  });

  it('F10: refuses a Request that has been sent before, as fetch does, and asks for nothing', async () => {
    tokens.successor = 'ada-2';
    const used = new Request(API, { method: 'POST', body: 'a body' });
    await used.text();
    await expectAsync(request()(used)).toBeRejectedWithError(TypeError);
    expect([sent.length, tokens.rejections.length]).toEqual([0, 0]);
  });

  it('refuses redirects of requests to another origin', async () => {
    const send = request({ origins: ['https://api.test', '/api'] });
    await send(API);
    await send(API, { redirect: 'manual' });
    await send('/api/x');
    expect(sent.map(({ redirect }) => redirect)).toEqual(['error', 'manual', 'follow']);
  });

  it('refuses redirects of requests with headers that a browser would carry along', async () => {
    const { token, watch } = tokens;
    const source: ApiTokenSource = {
      token: token.bind(tokens),
      watch: watch.bind(tokens),
      headers: one => ({ Authorization: `Bearer ${one}`, workspace: 'ckx' }),
      withCredentials: true,
    };
    await request({ origins: ['/api'] }, source)('/api/x');
    expect(sent[0]?.redirect).toBe('error');
    expect(sent[0]?.headers.get('workspace')).toBe('ckx');
    expect(sent[0]?.credentials).toBe('include');
  });

  it('hears a verdict in the body of a 200 and leaves the body to be read', async () => {
    const judge: ApiTokenSource['judge'] = ({ body }) =>
      isJsonObject(body) && 'errors' in body ? 'token-refused' : 'pass';
    const source = Object.assign(tokens, { judge });
    tokens.successor = 'ada-2';
    answers.push(Response.json({ errors: ['TokenExpired'] }), Response.json({ data: 1 }));
    const answer = await request({}, source)(API, { method: 'POST', body: '{}' });
    expect(await answer.json()).toEqual({ data: 1 });
    expect(authorizations()).toEqual(['Bearer ada-1', 'Bearer ada-2']);
  });

  it('ends the wait for a token with the request', async () => {
    const source = Object.assign(tokens, { token: () => new Promise<string | null>(() => undefined) });
    const abort = new AbortController();
    const answers = [
      request({}, source)(API, { signal: abort.signal }),
      request({}, source)(new Request(API, { signal: abort.signal })),
    ];
    abort.abort();
    for (const answer of answers) {
      await expectAsync(answer).toBeRejectedWith(jasmine.objectContaining({ name: 'AbortError' }));
    }
    await expectAsync(request({}, source)(API, { signal: abort.signal })).toBeRejected();
    expect(sent).toEqual([]);
  });

  it('passes the signal on', async () => {
    const abort = new AbortController();
    await request()(API, { signal: abort.signal });
    abort.abort();
    expect(sent[0]?.signal.aborted).toBeTrue();
  });
});
