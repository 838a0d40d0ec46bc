import { jwtServer } from 'ngx-latchkey';
import {
  type AuthProvider,
  type AuthUser,
  type DelegatedSession,
  type FixedSession,
  type Grant,
  type RenewableSession,
  type WireAnswer,
  authError,
  delegatedSession,
  isJsonObject,
  memberAt,
  redirectFlow,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type ProviderScript, providerPromises } from 'ngx-latchkey/testing';

const answer = (status: number, json: unknown): WireAnswer => ({ status, headers: {}, json });
const tokens = {
  accessToken: 'first',
  refreshToken: 'r1',
  expiresIn: 60,
  user: { id: '1', roles: ['admin'] },
};
const ada: AuthUser = { id: '1', roles: [], permissions: [], profile: {} };

/** A session that is asked about, and lives as long as its token. */
const session: FixedSession = {
  kind: 'fixed',
  check: {
    request: ({ token }) => ({
      url: 'https://auth.test/auth/me',
      method: 'GET',
      headers: { Authorization: token },
    }),
    read: given => {
      if (given.status === 401 && isJsonObject(given.json))
        return refuse('refused', 'session-refused', given);
      return memberAt(given.json, 'id') === '1' ? ada : unexpectedAnswer(given);
    },
  },
};

/** Users go elsewhere and come back; what the server says of them is asked then. */
const elsewhere = (provider: AuthProvider): AuthProvider => ({
  ...provider,
  signIn: {
    ...provider.signIn,
    callback: {
      stateIn: url => (url.searchParams.has('ticket') ? url.searchParams.get('state') : null),
      cleaned: url => url,
      complete: () => Promise.reject(authError('needs-user', 'state-mismatch')),
      flow: () => redirectFlow(),
    },
  },
  identify: (_held, http) =>
    http.send(
      {
        request: () => ({ url: 'https://auth.test/auth/me', method: 'GET' }),
        read: given => (memberAt(given.json, 'id') === '1' ? ada : unexpectedAnswer(given)),
      },
      undefined,
    ),
});

const sdkOf = (grant: Grant | null, token: () => Promise<Grant | null>): DelegatedSession =>
  delegatedSession({
    connect(changed) {
      changed(grant);
      return () => undefined;
    },
    token,
    end: () => Promise.resolve(),
  });

const SCRIPT: ProviderScript = {
  provider: () => elsewhere(jwtServer({ url: 'https://auth.test' })),
  input: { username: 'ada', password: 'a password' },
  signedIn: answer(200, tokens),
  wrongPassword: answer(401, { error: 'invalid_credentials' }),
  renewed: answer(200, { ...tokens, refreshToken: 'r2' }),
  refused: answer(401, { error: 'invalid_grant' }),
};
const FIXED: ProviderScript = { ...SCRIPT, provider: () => ({ ...SCRIPT.provider(), session }) };
const SDK: ProviderScript = {
  provider: () => ({
    ...SCRIPT.provider(),
    signIn: { start: () => Promise.reject(authError('misconfigured', 'sign-in-elsewhere', 'the SDK')) },
    session: sdkOf({ token: 'first', user: ada }, () => Promise.resolve({ token: 'first' })),
  }),
  inTrouble: () => ({
    ...SCRIPT.provider(),
    session: delegatedSession({
      connect: () => () => undefined,
      token: () => Promise.reject(new Error('offline')),
      end: () => Promise.resolve(),
    }),
  }),
};

type Mistake = readonly [
  script: ProviderScript,
  promise: string,
  plant: (provider: AuthProvider) => AuthProvider,
];

const withRenewal =
  (change: (session: RenewableSession) => Partial<RenewableSession>) =>
  (provider: AuthProvider): AuthProvider => {
    const before = provider.session as RenewableSession;
    return { ...provider, session: { ...before, ...change(before) } };
  };
const withSignIn =
  (start: (provider: AuthProvider) => AuthProvider['signIn']['start']) =>
  (provider: AuthProvider): AuthProvider => ({
    ...provider,
    signIn: { ...provider.signIn, start: start(provider) },
  });
const withGrant = (change: (grant: Grant) => Grant): ((provider: AuthProvider) => AuthProvider) =>
  withSignIn(
    ({ signIn }) =>
      async (input, http) =>
        change((await signIn.start(input, http)) as Grant),
  );
const withCheck =
  (change: Partial<NonNullable<FixedSession['check']>>) =>
  (provider: AuthProvider): AuthProvider => ({
    ...provider,
    session: {
      ...session,
      check: {
        request: ({ token }) => ({ url: token, method: 'GET' }),
        read: () => ada,
        ...session.check,
        ...change,
      },
    },
  });

let made = 0;

/** One mistake, or several, for each promise: what is not caught is not promised. */
const MISTAKES: readonly Mistake[] = [
  [SCRIPT, 'names itself and what its tokens are good for', provider => ({ ...provider, audience: '' })],
  [
    SCRIPT,
    'is made anew from the same options without being another',
    provider => ({ ...provider, id: `provider-${String((made += 1))}` }),
  ],
  [
    SCRIPT,
    'lets its token go to valid places only, and its own endpoints to none',
    ({ api, ...provider }) => ({ ...provider, api: { ...api, origins: ['http://api.test'] } }),
  ],
  [
    SCRIPT,
    'does nothing before one of its actions is called',
    provider => ({ ...provider, actions: ({ held }) => ({ before: held() }) }),
  ],
  [
    SCRIPT,
    'signs in with what its server answers',
    provider => ({ ...provider, endpoints: [], api: { origins: [] } }),
  ],
  [
    SCRIPT,
    'signs in with what its server answers',
    withGrant(grant => ({ ...grant, user: { ...ada, profile: { session: { token: grant.token } } } })),
  ],
  [
    SCRIPT,
    'signs in with what its server answers',
    withGrant(grant => ({ ...grant, user: { ...ada, profile: { since: new Date(0) } } })),
  ],
  [
    SCRIPT,
    'puts nothing that is secret into the URL of a sign-in',
    withSignIn(
      () => (input, http) =>
        http.send(
          {
            request: () => ({
              url: `https://auth.test/auth/login?${new URLSearchParams(input as Record<string, string>).toString()}`,
              method: 'GET',
            }),
            read: () => ({ token: 'first' }),
          },
          undefined,
        ),
    ),
  ],
  [
    SCRIPT,
    'refuses a sign-in that lacks everything, and sends nothing',
    withSignIn(
      ({ signIn }) =>
        (_input, http) =>
          signIn.start({ username: 'x', password: 'y' }, http),
    ),
  ],
  [
    SCRIPT,
    'tells a wrong password from everything else',
    withSignIn(
      ({ signIn }) =>
        (input, http) =>
          signIn.start(input, http).catch(() => Promise.reject(authError('refused', 'failed'))),
    ),
  ],
  [
    SCRIPT,
    'says so when its server cannot be reached',
    withSignIn(
      ({ signIn }) =>
        (input, http) =>
          signIn.start(input, http).catch(() => Promise.reject(authError('refused', 'invalid-credentials'))),
    ),
  ],
  [
    SCRIPT,
    'takes a web page with 503 for no sign-in',
    withSignIn(() => () => Promise.resolve({ token: 'made up' })),
  ],
  [
    SCRIPT,
    'leaves the pages alone to which nobody comes back',
    provider => {
      const { callback } = provider.signIn;
      return {
        ...provider,
        signIn: {
          ...provider.signIn,
          ...(callback && { callback: { ...callback, stateIn: ({ href }) => href } }),
        },
      };
    },
  ],
  [
    SCRIPT,
    'puts no secret into the header of an API',
    ({ api, ...provider }) => ({
      ...provider,
      api: { ...api, headers: ({ secret = '' }) => ({ 'X-Token': secret }) },
    }),
  ],
  [
    SCRIPT,
    'sends its token to the APIs',
    ({ api, ...provider }) => ({
      ...provider,
      api: { ...api, headers: () => ({ Authorization: 'Bearer' }) },
    }),
  ],
  [
    SCRIPT,
    'judges answers of an API without ending sessions by chance',
    ({ api, ...provider }) => ({
      ...provider,
      api: { ...api, judge: ({ status }) => (status === 403 ? 'session-over' : 'pass') },
    }),
  ],
  [
    SCRIPT,
    'does not have a token renewed because an API is in trouble',
    ({ api, ...provider }) => ({
      ...provider,
      api: { ...api, judge: ({ status }) => (status >= 400 ? 'token-dead' : 'pass') },
    }),
  ],
  [
    SCRIPT,
    'takes an answer without a user for none',
    provider => ({ ...provider, identify: () => Promise.resolve(ada) }),
  ],
  [
    SCRIPT,
    'asks for a renewal the same way each time, at an endpoint of its own',
    withRenewal(({ renew }) => ({
      renew: {
        ...renew,
        request: () => ({ url: 'https://auth.test/auth/refresh', method: 'POST', json: (made += 1) }),
      },
    })),
  ],
  [
    SCRIPT,
    'asks for a renewal the same way each time, at an endpoint of its own',
    withRenewal(({ renew }) => ({
      renew: {
        ...renew,
        request: ({ secret = '' }) => ({ url: `https://auth.test/auth/refresh?t=${secret}`, method: 'POST' }),
      },
    })),
  ],
  [
    SCRIPT,
    'sends a cookie only where the server keeps the secret in one',
    withRenewal(() => ({ secret: 'cookie' })),
  ],
  [SCRIPT, 'says where its server puts the secret', withRenewal(() => ({ secretAt: ['refresh_token'] }))],
  [
    SCRIPT,
    'renews with what its server answers',
    withRenewal(({ renew }) => ({ renew: { ...renew, read: given => unexpectedAnswer(given) } })),
  ],
  [
    SCRIPT,
    'knows the end of a session',
    withRenewal(({ renew }) => ({ renew: { ...renew, read: given => unexpectedAnswer(given) } })),
  ],
  [
    SCRIPT,
    'takes a web page with 401 for neither a new token nor the end of a session',
    withRenewal(({ renew }) => ({
      renew: { ...renew, read: given => refuse(given.status === 401 ? 'refused' : 'not-now', 'x', given) },
    })),
  ],
  [
    SCRIPT,
    'says goodbye at an endpoint of its own, and takes any answer',
    withRenewal(({ renew }) => ({
      end: {
        request: renew.request,
        read: ({ json }) => {
          JSON.parse(String(json));
        },
      },
    })),
  ],
  [
    FIXED,
    'says goodbye at an endpoint of its own, and takes any answer',
    provider => ({
      ...provider,
      session: {
        ...session,
        end: { request: () => ({ url: 'https://elsewhere.test', method: 'POST' }), read: () => undefined },
      },
    }),
  ],
  [
    FIXED,
    'asks whether a session holds at an endpoint of its own',
    withCheck({
      request: ({ token }) => ({ url: `https://auth.test/auth/me?token=${token}`, method: 'GET' }),
    }),
  ],
  [FIXED, 'knows the end of a session', withCheck({ read: given => unexpectedAnswer(given) })],
  [
    FIXED,
    'takes the JSON {"user":null} for neither a user nor the end of a session',
    withCheck({ read: ({ json }) => ({ ...ada, name: String(json) }) }),
  ],
  [
    SDK,
    'says what the SDK holds, and stops when it is told to',
    provider => ({ ...provider, session: sdkOf({ token: '' }, () => Promise.resolve(null)) }),
  ],
  [
    SDK,
    'gives a token of this moment, or none',
    provider => ({ ...provider, session: sdkOf(null, () => Promise.resolve({ token: '' })) }),
  ],
  [
    SDK,
    'refuses a sign-in that happens on screens of the SDK',
    withSignIn(() => () => Promise.resolve({ token: 'made up' })),
  ],
  [
    SDK,
    'takes trouble of the SDK for no end of a session',
    provider => ({ ...provider, session: sdkOf(null, () => Promise.resolve(null)) }),
  ],
];

describe('The promises of a provider, and mistakes that are planted in it:', () => {
  const planted = (
    script: ProviderScript,
    plant: (provider: AuthProvider) => AuthProvider,
  ): ProviderScript => {
    const { inTrouble } = script;
    return {
      ...script,
      provider: () => plant(script.provider()),
      ...(inTrouble && { inTrouble: () => plant(inTrouble()) }),
    };
  };

  for (const [kind, script] of Object.entries({ renewable: SCRIPT, fixed: FIXED, delegated: SDK })) {
    it(`without any mistake all of them are kept (${kind})`, async () => {
      for (const { name, check } of providerPromises(script)) {
        await expectAsync(check()).withContext(name).toBeResolved();
      }
    });
  }

  MISTAKES.forEach(([script, promise, plant], index) => {
    it(`"${promise}" catches its mistake (${String(index + 1)})`, async () => {
      const found = providerPromises(planted(script, plant)).find(({ name }) => name === promise);
      await expectAsync(found?.check()).toBeRejectedWithError();
    });
  });

  it('there is a mistake for each', () => {
    // The answers that nobody planned are many, and one of each kind stands for all.
    const kindOf = (name: string): string =>
      name.replace(/^takes .*? for (no sign-in|neither)/, 'takes … for $1');
    const promised = [SCRIPT, FIXED, SDK]
      .flatMap(script => providerPromises(script))
      .map(({ name }) => kindOf(name));
    const caught = MISTAKES.map(([, name]) => kindOf(name));
    expect(new Set(caught)).toEqual(new Set(promised));
  });
});
