import { type RenewableSession, isRefusal, memberAt } from 'ngx-latchkey/core';
import { signIn } from './attempt';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { type ProviderPromise, must, mustBeGrant, mustBeOwn } from './promise';
import type { ProviderScript } from './provider-script';
import type { Check } from './session-promises';

/** What the engine relies on where a session is renewed. */
export function renewalPromises(
  { renewed, refused, input, signedIn }: ProviderScript,
  promise: (name: string, check: Check<RenewableSession>) => ProviderPromise,
): readonly ProviderPromise[] {
  return [
    promise(
      'asks for a renewal the same way each time, at an endpoint of its own',
      ({ renew }, held, provider) => {
        const [one, two] = [renew.request(held), renew.request(held)];
        must(JSON.stringify(one) === JSON.stringify(two), 'the request depends on what is held only');
        mustBeOwn(provider, one);
      },
    ),
    promise('sends a cookie only where the server keeps the secret in one', ({ renew, secret }, held) => {
      const { credentials = 'omit' } = renew.request(held);
      must(credentials === (secret === 'cookie' ? 'include' : 'omit'), `the secret is ${secret}`);
    }),
    promise('renews with what its server answers', ({ renew }, held, provider) => {
      must(renewed !== undefined, 'the script has an answer to a renewal');
      mustBeGrant(renew.read(renewed, held), provider);
    }),
    promise('says where its server puts the secret', async ({ renew, secretAt }, held, provider) => {
      if (secretAt === undefined) return;
      const first = input && signedIn ? (await signIn(provider, signedIn, input)).outcome : undefined;
      const grants = [
        [signedIn, first],
        [renewed, renewed && renew.read(renewed, held)],
      ] as const;
      for (const [answer, grant] of grants) {
        const secret = memberAt(grant, 'secret');
        const found = secretAt.some(path => memberAt(answer?.json, path) === secret);
        must(secret === undefined || found, `the secret is at ${secretAt.join(' or ')}`);
      }
    }),
    promise('knows the end of a session', ({ renew }, held) => {
      must(refused !== undefined, 'the script has an answer that refuses a renewal');
      const outcome = renew.read(refused, held);
      must(isRefusal(outcome) && outcome.failure === 'refused', 'it is of the class refused');
    }),
    ...HOSTILE_ANSWERS.map(([name, answer]) =>
      promise(`takes ${name} for neither a new token nor the end of a session`, ({ renew }, held) => {
        const outcome = renew.read(answer, held);
        must(isRefusal(outcome), 'it is no grant');
        must(outcome.failure !== 'refused', 'it is no proof');
      }),
    ),
  ];
}
