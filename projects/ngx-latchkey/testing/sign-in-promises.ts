import { type AuthProvider, isRefusal } from 'ngx-latchkey/core';
import { type Attempt, signIn } from './attempt';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { PAGE, type ProviderPromise, must, mustBeGrant, mustBeOwn } from './promise';
import type { ProviderScript } from './provider-script';

/** What the engine relies on when somebody signs in with what the page asks for. */
export function signInPromises({
  provider: made,
  input,
  signedIn,
  wrongPassword,
}: ProviderScript): readonly ProviderPromise[] {
  if (input === undefined || signedIn === undefined || wrongPassword === undefined) return [];
  const promise = (
    name: string,
    answer: typeof signedIn | null,
    check: (attempt: Attempt, provider: AuthProvider) => void,
    given: object = input,
  ): ProviderPromise => ({
    name,
    async check() {
      const provider = made();
      check(await signIn(provider, answer, given), provider);
    },
  });
  return [
    promise('signs in with what its server answers', signedIn, ({ outcome, sent }, provider) => {
      mustBeGrant(outcome, provider);
      must(sent.length > 0, 'the server is asked');
      for (const request of sent) mustBeOwn(provider, request);
    }),
    promise('puts nothing that is secret into the URL of a sign-in', signedIn, ({ sent }) => {
      const secrets = Object.entries(input).flatMap(([name, value]) =>
        /pass|secret|token|code|pin$/i.test(name) && typeof value === 'string' ? [value] : [],
      );
      for (const { url } of sent) {
        const readable = decodeURIComponent(url.replaceAll('+', ' '));
        must(!secrets.some(secret => readable.includes(secret)), 'what is typed goes into the body');
      }
    }),
    promise(
      'refuses a sign-in that lacks everything, and sends nothing',
      signedIn,
      ({ outcome, sent }) => {
        must(isRefusal(outcome) && outcome.failure === 'needs-user', 'the code is of the class needs-user');
        must(sent.length === 0, 'nothing is sent');
      },
      {},
    ),
    promise('tells a wrong password from everything else', wrongPassword, ({ outcome }) => {
      const told = isRefusal(outcome) && outcome.failure === 'refused';
      must(told && outcome.code === 'invalid-credentials', 'it is refused with invalid-credentials');
    }),
    promise('says so when its server cannot be reached', null, ({ outcome }) => {
      must(
        isRefusal(outcome) && outcome.failure === 'not-now',
        'that is passed on, and is of the class not-now',
      );
    }),
    ...HOSTILE_ANSWERS.map(([name, answer]) =>
      promise(`takes ${name} for no sign-in`, answer, ({ outcome }) => {
        must(isRefusal(outcome), 'it rejects with an AuthError');
      }),
    ),
  ];
}

/** What the engine relies on when somebody comes back who signed in elsewhere. */
export function callbackPromises({ provider }: ProviderScript): readonly ProviderPromise[] {
  if (provider().signIn.callback === undefined) return [];
  return [
    {
      name: 'leaves the pages alone to which nobody comes back',
      check: () =>
        new Promise(resolve => {
          const { callback } = provider().signIn;
          for (const page of ['/', '/orders?page=2', '/#notes']) {
            const url = new URL(page, PAGE);
            must(callback?.stateIn(url) === null, `nobody comes back with ${page}`);
            must(callback.cleaned(url).href === url.href, `there is nothing to clean in ${page}`);
          }
          resolve();
        }),
    },
  ];
}
