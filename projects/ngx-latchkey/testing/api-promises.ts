import { AuthError, type AuthProvider, type Held, type Verdict, type WireAnswer } from 'ngx-latchkey/core';
import { heldOf, serverOf } from './attempt';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { PAGE, type ProviderPromise, must } from './promise';
import type { ProviderScript } from './provider-script';

/** Statuses with which an API says nothing about a token. */
const SAYS_NOTHING = [200, 204, 400, 404, 429, 500, 502, 503, 504];

/** What the engine relies on where a token is sent. */
export function apiPromises(script: ProviderScript): readonly ProviderPromise[] {
  const promise = (
    name: string,
    check: (provider: AuthProvider, held: Held) => Promise<void> | void,
  ): ProviderPromise => ({
    name,
    async check() {
      await check(script.provider(), await heldOf(script));
    },
  });
  const { identify, session } = script.provider();
  // A cookie goes by itself.
  const byCookie = session.kind === 'renewable' && session.secret === 'cookie';
  return [
    promise('puts no secret into the header of an API', ({ api }, held) => {
      const headers = JSON.stringify(api.headers?.(held) ?? {});
      must(!headers.includes('canary-secret'), 'the headers have the token and not the secret');
    }),
    promise('sends its token to the APIs', ({ api }, held) => {
      if (byCookie || api.headers === undefined) return;
      const token = api.token?.(held) ?? held.token;
      must(JSON.stringify(api.headers(held)).includes(token), 'one of the headers has the token');
    }),
    promise('judges answers of an API without ending sessions by chance', ({ api }, held) => {
      for (const [name, answer] of HOSTILE_ANSWERS) {
        must(judged(api, answer, held) !== 'session-over', `${name} is no end of a session`);
      }
    }),
    promise('does not have a token renewed because an API is in trouble', ({ api }, held) => {
      for (const [name, answer] of HOSTILE_ANSWERS) {
        const verdict = SAYS_NOTHING.includes(answer.status) ? judged(api, answer, held) : 'pass';
        must(verdict === 'pass', `${name} is not about the token`);
      }
    }),
    ...(identify
      ? [
          promise('takes an answer without a user for none', async (_, held) => {
            for (const [name, answer] of HOSTILE_ANSWERS) {
              const asked = identify(held, serverOf(answer));
              const outcome: unknown = await asked.catch((error: unknown) => error);
              must(outcome instanceof AuthError, `${name} is rejected with an AuthError`);
            }
          }),
        ]
      : []),
  ];
}

function judged({ judge }: AuthProvider['api'], { status, json }: WireAnswer, held: Held): Verdict {
  return judge?.({ url: PAGE, status, header: () => null, body: json }, held) ?? 'pass';
}
