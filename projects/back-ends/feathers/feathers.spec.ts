import { readFileSync } from 'node:fs';
import {
  AuthError,
  type AuthHttp,
  type Grant,
  type Held,
  type Json,
  type WireAnswer,
  authError,
  isRefusal,
} from 'ngx-latchkey/core';
import { type FeathersInput, type FeathersOptions, feathers } from 'ngx-latchkey/feathers';
import { contextOf } from '../harness/action-context';
import { fixtureHttp } from '../harness/fixture-http';
import { keepsItsPromises } from '../harness/promises';
import { SAMPLE_JWT, type WireFixture } from '../harness/wire-fixture';

const fixtures = JSON.parse(readFileSync(new URL('wire.json', import.meta.url), 'utf8')) as WireFixture[];
const url = 'https://feathers.test';
const held: Held = { token: SAMPLE_JWT };
const ada = { email: 'ada@x.io', password: 'secret' };

/** An error as Feathers writes it. */
function failed(code: number, name: string, message: string, others: object = {}): WireAnswer {
  const className = name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
  return { status: code, headers: {}, json: { name, message, code, className, ...others } };
}

function answered(json: unknown, status = 201): WireAnswer {
  return { status, headers: {}, json };
}

/** A server that answers everything in one way. */
function always(answer: WireAnswer): AuthHttp {
  return {
    async send(exchange, input) {
      exchange.request(input);
      const outcome = exchange.read(answer, input);
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  };
}

async function codeOf(promise: Promise<unknown> | undefined): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof AuthError ? `${error.failure} ${error.code}` : String(error);
  }
}

function checkOf(options: Partial<FeathersOptions> = {}) {
  const { session } = feathers({ url, ...options });
  if (session.kind !== 'fixed' || !session.check) throw new Error('The session is not a fixed one.');
  return session.check;
}

function renewOf(refresh: FeathersOptions['refresh']) {
  const { session } = feathers({ url, ...(refresh && { refresh }) });
  if (session.kind !== 'renewable') throw new Error('The session cannot be renewed.');
  return session.renew;
}

function signIn(input: FeathersInput, answer: WireAnswer, options: Partial<FeathersOptions> = {}) {
  return feathers({ url, ...options }).signIn.start(input, always(answer));
}

describe('feathers(): the wire', () => {
  const http = (): ReturnType<typeof fixtureHttp> => fixtureHttp(url, fixtures);

  it('logs in as it is written', async () => {
    const server = http();
    const grant = await feathers({ url }).signIn.start(ada, server);
    expect(server.asked).toEqual(['log in']);
    expect<object>(grant).toEqual({
      token: SAMPLE_JWT,
      secret: undefined,
      user: {
        id: '7',
        name: 'Ada',
        email: 'ada@x.io',
        roles: ['admin'],
        permissions: ['read'],
        profile: jasmine.objectContaining({ id: 0, email: 'ada@x.io' }),
      },
    });
  });

  it('knows a wrong password, and a strategy that the server does not allow', async () => {
    const { signIn } = feathers({ url });
    expect(await codeOf(signIn.start({ ...ada, password: 'wrong' }, http()))).toBe(
      'refused invalid-credentials',
    );
    expect(await codeOf(signIn.start({ strategy: 'magic', link: 'abc' }, http()))).toBe(
      'misconfigured strategy-not-allowed',
    );
  });

  it('re-authenticates and logs out as it is written', () => {
    const server = http();
    const check = checkOf();
    expect<object>(check.read(server.answer(check.request(held)), held)).toEqual(
      jasmine.objectContaining({ name: 'Ada', roles: ['admin'] }),
    );
    const bad = { token: 'nonsense' };
    expect<object>(check.read(server.answer(check.request(bad)), bad)).toEqual(
      jasmine.objectContaining({ failure: 'refused', code: 'session-refused' }),
    );
    const { session } = feathers({ url });
    if (session.kind !== 'fixed' || !session.end) throw new Error('There is no end.');
    expect(session.end.read(server.answer(session.end.request(held)), held)).toBeUndefined();
    expect(server.asked).toEqual(['re-authenticate', 're-authenticate with no token', 'log out']);
  });

  it('signs up, and asks for the profile, as it is written', async () => {
    const server = http();
    const context = {
      http: server,
      signIn: () => Promise.resolve(),
      held: (): Held => ({ token: SAMPLE_JWT, user: { id: '0', roles: [], permissions: [], profile: {} } }),
    };
    const actions = feathers({ url }).actions?.(contextOf(context));
    expect((await actions?.signUp({ email: 'eve@x.io', password: 'secret', name: 'Eve' }))?.name).toBe('Eve');
    expect((await actions?.profile())?.name).toBe('Ada');
    expect(await codeOf(actions?.signUp({ ...ada, name: 'Ada' }))).toBe('refused already-exists');
    expect(server.asked).toEqual(['sign up', 'the user', 'sign up again']);
    const nobody = feathers({ url }).actions?.(contextOf({ ...context, held: () => null }));
    expect(await codeOf(nobody?.profile())).toBe('needs-user unauthenticated');
  });
});

describe('feathers(): options', () => {
  it('are validated at once', () => {
    expect(() => feathers({ url: 'http://api.example.com' })).toThrowError(/insecure-url/);
    expect(() => feathers({ url: 'api' })).toThrowError(/invalid-url-rule/);
  });

  it('name the path, the strategies, the header and the scheme', () => {
    const own = { url: `${url}/v1/`, path: 'login', jwtStrategy: 'token', header: 'X-Token', scheme: '' };
    expect<object>(checkOf(own).request(held)).toEqual({
      url: `${url}/v1/login`,
      method: 'POST',
      json: { strategy: 'token', accessToken: SAMPLE_JWT },
    });
    const { api, endpoints, audience } = feathers({ ...own, api: ['https://other.test'] });
    expect(api.headers?.(held)).toEqual({ 'X-Token': SAMPLE_JWT });
    expect(api.origins).toEqual([url, 'https://other.test']);
    expect(audience).toBe(`${url}/v1/login`);
    expect(endpoints).toContain(`${url}/v1/oauth`);
  });

  it('find the user, and what it may do, where the server has it', async () => {
    const member = { _id: 'x', username: 'ada', access: { groups: 'a, b' }, can: ['c', 1] };
    const grant = await signIn(ada, answered({ accessToken: 'opaque', member }), {
      entity: 'member',
      roles: 'access.groups',
      permissions: 'can',
    });
    expect((grant as Grant).user).toEqual({
      id: 'x',
      name: 'ada',
      email: undefined,
      roles: ['a', 'b'],
      permissions: ['c'],
      profile: member,
    });
  });

  it('take the claims for a server without users', async () => {
    const grant = await signIn(ada, answered({ accessToken: SAMPLE_JWT, user: { id: 1 } }), { entity: null });
    expect((grant as Grant).user?.id).toBe('7');
  });

  it('leave no secret in the profile', async () => {
    const user = { id: 1, password: 'hash', resetToken: 't', githubTokens: {}, mustChangePassword: true };
    const grant = await signIn(ada, answered({ accessToken: 'opaque', user }));
    expect((grant as Grant).user?.profile).toEqual({ id: 1, mustChangePassword: true });
  });
});

describe('feathers(): failures', () => {
  it('of a sign-in are told apart by their class', async () => {
    const code = (answer: WireAnswer, options?: Partial<FeathersOptions>): Promise<string> =>
      codeOf(signIn(ada, answer, options));
    expect(await code(failed(403, 'Forbidden', 'No.'))).toBe('refused not-allowed');
    expect(await code(failed(400, 'BadRequest', 'No.'))).toBe('refused invalid-input');
    expect(await code(failed(422, 'Unprocessable', 'No.'))).toBe('refused invalid-input');
    expect(await code(failed(400, 'BadRequest', "User's email is not yet verified."))).toBe(
      'refused account-not-verified',
    );
    expect(await code({ ...failed(401, 'NotAuthenticated', 'Invalid login'), status: 403 })).toBe(
      'not-now unexpected-answer',
    );
    expect(await code(failed(404, 'NotFound', 'Not Found'))).toBe('not-now unexpected-answer');
    expect(await code(failed(500, 'GeneralError', 'No.'))).toBe('not-now server-error');
    expect(await code(failed(429, 'TooManyRequests', 'No.'))).toBe('not-now rate-limited');
    const failureCode: FeathersOptions['failureCode'] = ({ data }) =>
      data['reason'] === 'locked' ? 'account-locked' : undefined;
    const locked = failed(403, 'Forbidden', 'No.', { data: { reason: 'locked' } });
    expect(await code(locked, { failureCode })).toBe('refused account-locked');
    expect(await code(failed(403, 'Forbidden', 'No.'), { failureCode })).toBe('refused not-allowed');
  });

  it('of a sign-up to which strangers are not admitted is no wrong password', async () => {
    const actions = feathers({ url }).actions?.(
      contextOf({ http: always(failed(401, 'NotAuthenticated', 'Not authenticated')) }),
    );
    expect(await codeOf(actions?.signUp({ email: 'eve@x.io' }))).toBe('refused not-allowed');
  });

  it('are known by their name where there is no class', async () => {
    const answer = failed(401, 'NotAuthenticated', 'Invalid login', { className: undefined });
    expect(await codeOf(signIn(ada, answer))).toBe('refused invalid-credentials');
  });

  it('prove nothing about a session unless the server says that the token is no good', () => {
    const check = checkOf();
    const code = (answer: WireAnswer): string => {
      const outcome = check.read(answer, held);
      return isRefusal(outcome) ? `${outcome.failure} ${outcome.code}` : outcome.id;
    };
    expect(code(failed(401, 'NotAuthenticated', 'jwt expired'))).toBe('refused session-refused');
    const missing = 'Invalid authentication information (strategy not allowed in authStrategies)';
    expect(code(failed(401, 'NotAuthenticated', missing))).toBe('misconfigured strategy-not-allowed');
    expect(code({ status: 401, headers: {}, json: undefined })).toBe('not-now unexpected-answer');
    const relayed = failed(401, 'NotAuthenticated', 'jwt expired');
    expect(code({ ...relayed, status: 502 })).toBe('not-now server-error');
    expect(code({ ...relayed, status: 403 })).toBe('not-now unexpected-answer');
    expect(code(failed(401, 'TypeError', 'x'))).toBe('not-now unexpected-answer');
    expect(code(failed(404, 'NotFound', 'No record found'))).toBe('not-now unexpected-answer');
    expect(code(failed(503, 'Unavailable', 'x'))).toBe('not-now server-error');
    expect(code(answered({ accessToken: SAMPLE_JWT }))).toBe('7');
    // A server without users, and a token that says nothing: it is still whoever it was.
    const user = { id: '9', roles: [], permissions: [], profile: {} };
    expect<object>(check.read(answered({ accessToken: 'opaque' }), { ...held, user })).toEqual(user);
  });

  it('of a logout are none where the server does not take the token any more', () => {
    const { session } = feathers({ url });
    if (session.kind !== 'fixed' || !session.end) throw new Error('There is no end.');
    const { end } = session;
    expect(end.read(failed(401, 'NotAuthenticated', 'jwt expired'), held)).toBeUndefined();
    expect(isRefusal(end.read({ status: 401, headers: {}, json: undefined }, held))).toBeTrue();
    expect(isRefusal(end.read(failed(503, 'Unavailable', 'x'), held))).toBeTrue();
  });

  it('of an API end a session only where the server itself could not verify the token', () => {
    const judge = (from: string, reason: string, refresh?: string): string | undefined =>
      feathers({ url, ...(refresh && { refresh }) }).api.judge?.(
        {
          url: from,
          status: 401,
          header: () => null,
          body: failed(401, 'NotAuthenticated', 'x', { data: { name: reason } }).json,
        },
        held,
      );
    expect(judge(`${url}/messages`, 'JsonWebTokenError')).toBe('session-over');
    expect(judge(`${url}/messages`, 'TokenExpiredError')).toBe('token-dead');
    expect(judge('https://feathers.test.evil.io/messages', 'JsonWebTokenError')).toBe('token-dead');
    expect(judge(`${url}/messages`, 'JsonWebTokenError', 'refresh')).toBe('token-dead');
  });
});

describe('feathers(): input', () => {
  it('that lacks something is not sent', async () => {
    const { signIn } = feathers({ url });
    const nowhere = fixtureHttp(url, []);
    for (const input of [
      {},
      { email: 'ada' },
      { email: '', password: 'x' },
      { oauth: '' },
      { strategy: 'local' },
    ]) {
      expect(await codeOf(signIn.start(input, nowhere))).toBe('needs-user invalid-input');
    }
  });

  it('of another strategy goes as it is', async () => {
    const sent: unknown[] = [];
    const http: AuthHttp = {
      send(exchange, input) {
        sent.push(exchange.request(input).json);
        return Promise.reject(authError('not-now', 'unreachable'));
      },
    };
    await codeOf(feathers({ url, strategy: 'pin' }).signIn.start({ pin: '1234' }, http));
    await codeOf(feathers({ url }).signIn.start({ strategy: 'guest' }, http));
    expect(sent).toEqual([{ strategy: 'pin', pin: '1234' }, { strategy: 'guest' }]);
  });
});

describe('feathers(): a refresh strategy', () => {
  const withSecret: Held = { token: SAMPLE_JWT, secret: 'r1' };

  it('is posted to the authentication service, a refresh service to its own', () => {
    expect<object>(renewOf('refresh').request(withSecret)).toEqual({
      url: `${url}/authentication`,
      method: 'POST',
      json: { strategy: 'refresh', refreshToken: 'r1' },
    });
    const own = { service: '/refresh-tokens', field: 'refresh_token' };
    expect<object>(renewOf(own).request(withSecret)).toEqual({
      url: `${url}/refresh-tokens`,
      method: 'POST',
      json: { refresh_token: 'r1' },
    });
    expect(feathers({ url, refresh: own }).endpoints).toContain(`${url}/refresh-tokens`);
  });

  it('has to be there from the beginning', async () => {
    const answer = answered({ accessToken: 'a', user: { id: 1 } });
    expect(await codeOf(signIn(ada, answer, { refresh: 'refresh' }))).toBe('misconfigured unexpected-fields');
    expect<object>(renewOf('refresh').read(answer, withSecret)).toEqual(
      jasmine.objectContaining({ token: 'a' }),
    );
  });
});

describe('feathers(): OAuth', () => {
  const { signIn } = feathers({ url });
  const begin = async (input: FeathersInput): Promise<{ redirect: URL; transaction: never }> => {
    const outcome = await signIn.start(input, fixtureHttp(url, []));
    if (!('redirect' in outcome)) throw new Error('It does not lead elsewhere.');
    return { redirect: new URL(outcome.redirect), transaction: outcome.transaction as never };
  };
  const back = (page: string, transaction: Json) => {
    const server = fixtureHttp(url, fixtures);
    return {
      server,
      outcome: signIn.callback?.complete(new URL(page, 'https://app.test'), transaction, server),
    };
  };

  it('leads to the server, which leads back to the page', async () => {
    const { redirect } = await begin({ oauth: 'git hub', redirect: '/welcome?a=1' });
    expect(redirect.href).toMatch(/^https:\/\/feathers\.test\/oauth\/git%20hub\?redirect=/);
    expect(redirect.searchParams.get('redirect')).toMatch(/^\/welcome\?a=1&state=(\d+-){3}\d+$/);
  });

  it('takes a token only after the server has said whose it is', async () => {
    const { redirect, transaction } = await begin({ oauth: 'github' });
    const page = redirect.searchParams.get('redirect') ?? '';
    const { server, outcome } = back(`${page}#access_token=${SAMPLE_JWT}`, transaction);
    expect((await outcome)?.user?.name).toBe('Ada');
    expect(server.asked).toEqual(['re-authenticate']);
    expect(await codeOf(back(`${page}#access_token=nonsense`, transaction).outcome)).toBe(
      'refused session-refused',
    );
  });

  it('asks for the means to renew here too, where sessions are to be renewed', async () => {
    const { callback } = feathers({ url, refresh: 'refresh' }).signIn;
    const page = new URL(`https://app.test/?state=7#access_token=${SAMPLE_JWT}`);
    const adopted = callback?.complete(page, { state: '7' }, fixtureHttp(url, fixtures));
    expect(await codeOf(adopted)).toBe('misconfigured unexpected-fields');
  });

  it('knows the page that the server leads back to, and cleans its URL', () => {
    const page = new URL('https://app.test/welcome?a=1&state=7#access_token=x');
    expect(signIn.callback?.stateIn(page)).toBe('7');
    expect(signIn.callback?.stateIn(new URL('https://app.test/?state=7#section'))).toBeNull();
    expect(signIn.callback?.cleaned(page).href).toBe('https://app.test/welcome?a=1');
  });

  it('tells what the server says, and takes no answer to another sign-in', async () => {
    const { redirect, transaction } = await begin({ oauth: 'github' });
    const page = redirect.searchParams.get('redirect') ?? '';
    const error = back(`${page}#error=access_denied`, transaction).outcome;
    await expectAsync(error).toBeRejectedWith(jasmine.objectContaining({ detail: 'access_denied' }));
    expect(await codeOf(back(`${page}#error=access_denied`, transaction).outcome)).toBe(
      'refused sign-in-refused',
    );
    expect(await codeOf(back(page, transaction).outcome)).toBe('not-now unexpected-answer');
    const foreign = back(`/?state=other#access_token=${SAMPLE_JWT}`, transaction);
    expect(await codeOf(foreign.outcome)).toBe('needs-user state-mismatch');
    expect(foreign.server.asked).toEqual([]);
    expect(await codeOf(back(`/#access_token=${SAMPLE_JWT}`, {}).outcome)).toBe('needs-user state-mismatch');
  });

  it('comes back to no other origin', async () => {
    for (const redirect of ['//evil.io', '/\\evil.io', '@evil.io', 'https://evil.io', '/#/page']) {
      expect(await codeOf(begin({ oauth: 'github', redirect }))).toBe('misconfigured invalid-path');
    }
  });
});

describe('feathers(): promises', () => {
  const signedIn = answered({
    accessToken: SAMPLE_JWT,
    user: { id: 7, roles: ['admin'] },
    refreshToken: 'r',
  });
  const script = {
    input: ada,
    signedIn,
    wrongPassword: failed(401, 'NotAuthenticated', 'Invalid login'),
    renewed: signedIn,
    refused: failed(401, 'NotAuthenticated', 'This refresh token is used up.'),
  };
  keepsItsPromises({ ...script, provider: () => feathers({ url }) });
  describe('with a refresh strategy', () => {
    keepsItsPromises({ ...script, provider: () => feathers({ url, refresh: 'refresh' }) });
  });
});
