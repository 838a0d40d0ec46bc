import {
  AuthError,
  type AuthHttp,
  type AuthProvider,
  type Grant,
  type Held,
  type Refusal,
  type RenewableSession,
  type WireAnswer,
  type WireRequest,
  compileUrlRules,
  isRefusal,
} from 'ngx-latchkey/core';
import { HOSTILE_ANSWERS } from './hostile-answers';
import type { ProviderScript } from './provider-script';

/** One thing that the engine relies on. */
export interface ProviderPromise {
  readonly name: string;
  /** @throws Error with a sentence that says what is wrong */
  check(): Promise<void>;
}

/** The origin of the page, for providers with URLs of its own. */
const PAGE = 'https://app.test';
const HELD: Held = {
  token: 'canary-token',
  secret: 'canary-secret',
  user: { id: '1', roles: [], permissions: [], profile: {} },
};

/**
 * Every promise that the engine relies on, for a provider and what its back end answers.
 *
 * @example
 * for (const { name, check } of providerPromises(script)) it(name, check);
 */
export function providerPromises(script: ProviderScript): readonly ProviderPromise[] {
  return [
    promise('names itself and what its tokens are good for', provider => {
      must(provider.id !== '' && provider.audience !== '', 'id and audience are not empty');
    }),
    promise('is made anew from the same options without being another', provider => {
      const { id, audience } = script.provider();
      must(
        id === provider.id && audience === provider.audience,
        'id and audience depend on the options only',
      );
    }),
    promise('lets its token go to valid places only, and its own endpoints to none', provider => {
      compileUrlRules(provider.api.origins, PAGE, () => PAGE);
      compileUrlRules(provider.endpoints, PAGE, () => PAGE);
    }),
    ...signIns(),
    promise('puts no secret into the header of an API', ({ api }) => {
      const headers = JSON.stringify(api.headers?.(HELD) ?? {});
      must(!headers.includes('canary-secret'), 'the headers have the token and not the secret');
    }),
    promise('judges answers of an API without ending sessions by chance', ({ api }) => {
      for (const [name, { status, json }] of HOSTILE_ANSWERS) {
        const verdict = api.judge?.({ url: PAGE, status, header: () => null, body: json }, HELD) ?? 'pass';
        must(verdict !== 'session-over', `${name} is no end of a session`);
      }
    }),
    ...(script.provider().session.kind === 'renewable' ? renewals(script) : []),
  ];

  function signIns(): readonly ProviderPromise[] {
    const { input, signedIn, wrongPassword } = script;
    if (input === undefined || signedIn === undefined || wrongPassword === undefined) return [];
    return [
      promise('signs in with what its server answers', async provider => {
        const { outcome, sent } = await signIn(provider, signedIn, input);
        mustBeGrant(outcome);
        must(sent.length > 0, 'the server is asked');
        for (const request of sent) mustBeOwn(provider, request);
      }),
      promise('refuses a sign-in that lacks everything, and sends nothing', async provider => {
        const { outcome, sent } = await signIn(provider, signedIn, {});
        must(isRefusal(outcome) && outcome.failure === 'needs-user', 'the code is of the class needs-user');
        must(sent.length === 0, 'nothing is sent');
      }),
      promise('tells a wrong password from everything else', async provider => {
        const { outcome } = await signIn(provider, wrongPassword, input);
        const told = isRefusal(outcome) && outcome.failure === 'refused';
        must(told && outcome.code === 'invalid-credentials', 'it is refused with invalid-credentials');
      }),
      ...HOSTILE_ANSWERS.map(([name, answer]) =>
        promise(`takes ${name} for no sign-in`, async provider => {
          const { outcome } = await signIn(provider, answer, input);
          must(isRefusal(outcome), 'it rejects with an AuthError');
        }),
      ),
    ];
  }

  function promise(name: string, check: (provider: AuthProvider) => Promise<void> | void): ProviderPromise {
    return {
      name,
      async check() {
        await check(script.provider());
      },
    };
  }

  async function signIn(
    provider: AuthProvider,
    answer: WireAnswer,
    input: object,
  ): Promise<{ readonly outcome: unknown; readonly sent: readonly WireRequest[] }> {
    const sent: WireRequest[] = [];
    const http: AuthHttp = {
      send(exchange, given) {
        sent.push(exchange.request(given));
        const outcome = exchange.read(answer, given);
        if (isRefusal(outcome)) throw new AuthError(outcome);
        return Promise.resolve(outcome);
      },
    };
    try {
      return { outcome: await provider.signIn.start(input, http), sent };
    } catch (error) {
      must(error instanceof AuthError, `what is thrown is an AuthError, not ${String(error)}`);
      return { outcome: error, sent };
    }
  }
}

function renewals(script: ProviderScript): readonly ProviderPromise[] {
  const promise = (
    name: string,
    check: (session: RenewableSession, provider: AuthProvider) => void,
  ): ProviderPromise => ({
    name,
    check: () =>
      new Promise(resolve => {
        const provider = script.provider();
        check(provider.session as RenewableSession, provider);
        resolve();
      }),
  });
  const { renewed, refused } = script;
  return [
    promise('asks for a renewal the same way each time, at an endpoint of its own', ({ renew }, provider) => {
      const [one, two] = [renew.request(HELD), renew.request(HELD)];
      must(JSON.stringify(one) === JSON.stringify(two), 'the request depends on what is held only');
      mustBeOwn(provider, one);
    }),
    promise('sends a cookie only where the server keeps the secret in one', ({ renew, secret }) => {
      const { credentials = 'omit' } = renew.request(HELD);
      must(credentials === (secret === 'cookie' ? 'include' : 'omit'), `the secret is ${secret}`);
    }),
    promise('renews with what its server answers', ({ renew }) => {
      must(renewed !== undefined, 'the script has an answer to a renewal');
      mustBeGrant(renew.read(renewed, HELD));
    }),
    promise('knows the end of a session', ({ renew }) => {
      must(refused !== undefined, 'the script has an answer that refuses a renewal');
      const outcome = renew.read(refused, HELD);
      must(isRefusal(outcome) && outcome.failure === 'refused', 'it is of the class refused');
    }),
    ...HOSTILE_ANSWERS.map(([name, answer]) =>
      promise(`takes ${name} for neither a new token nor the end of a session`, ({ renew }) => {
        const outcome: Grant | Refusal = renew.read(answer, HELD);
        must(isRefusal(outcome), 'it is no grant');
        must(outcome.failure !== 'refused', 'it is no proof');
      }),
    ),
    promise('says goodbye at an endpoint of its own, and takes any answer', ({ end }, provider) => {
      if (end === undefined) return;
      const request = requestOf(() => end.request(HELD));
      if (request === null) return;
      mustBeOwn(provider, request);
      for (const [, answer] of HOSTILE_ANSWERS) end.read(answer, HELD);
    }),
  ];
}

/** The request, or `null` where there is nobody to tell, which is said by an AuthError. */
function requestOf(make: () => WireRequest): WireRequest | null {
  try {
    return make();
  } catch (error) {
    must(error instanceof AuthError, `what is thrown is an AuthError, not ${String(error)}`);
    return null;
  }
}

function mustBeGrant(outcome: unknown): asserts outcome is Grant {
  const { token, user } = outcome as Partial<Grant>;
  must(typeof token === 'string' && token !== '', 'the grant has a token');
  if (user === undefined) return;
  must(typeof user.id === 'string' && user.id !== '', 'the user has an id');
  must(Array.isArray(user.roles) && Array.isArray(user.permissions), 'roles and permissions are lists');
}

function mustBeOwn({ endpoints, api }: AuthProvider, { url }: WireRequest): void {
  must(!url.includes('canary'), 'no URL carries a token or a secret');
  // Some back ends have one endpoint for everything.
  const places = [...endpoints, ...api.origins];
  must(compileUrlRules(places, PAGE, () => PAGE)(url), `${url} is an endpoint or an API of the provider`);
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`A provider has to keep this: ${what}.`);
}
