import {
  AuthError,
  type AuthHttp,
  type AuthProvider,
  type WireAnswer,
  type WireRequest,
  compileUrlRules,
  isRefusal,
} from 'ngx-latchkey/core';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { HELD, PAGE, type ProviderPromise, must, mustBeGrant, mustBeOwn } from './promise';
import type { ProviderScript } from './provider-script';
import { sessionPromises } from './session-promises';

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
    ...sessionPromises(script),
  ];

  function signIns(): readonly ProviderPromise[] {
    const { input, signedIn, wrongPassword } = script;
    const elsewhere = script.provider().session.kind === 'delegated';
    if (elsewhere || input === undefined || signedIn === undefined || wrongPassword === undefined) return [];
    return [
      promise('signs in with what its server answers', async provider => {
        const { outcome, sent } = await signIn(provider, signedIn, input);
        mustBeGrant(outcome, provider);
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
