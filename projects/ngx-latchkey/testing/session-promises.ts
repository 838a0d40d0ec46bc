import {
  type AuthProvider,
  type AuthUser,
  type FixedSession,
  type Held,
  type Refusal,
  type RenewableSession,
  type WireAnswer,
  isRefusal,
} from 'ngx-latchkey/core';
import { heldOf } from './attempt';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { type ProviderPromise, must, mustBeOwn, requestOf } from './promise';
import type { ProviderScript } from './provider-script';
import { renewalPromises } from './renewal-promises';
import { sdkPromises } from './sdk-promises';

type OwnSession = RenewableSession | FixedSession;

/** Looks at a session as it is for somebody who has signed in. */
export type Check<Session> = (session: Session, held: Held, provider: AuthProvider) => Promise<void> | void;

/** What the engine relies on once somebody is signed in. */
export function sessionPromises(script: ProviderScript): readonly ProviderPromise[] {
  const { session } = script.provider();
  if (session.kind === 'delegated') return sdkPromises(script);
  const promise = <Session extends OwnSession>(name: string, check: Check<Session>): ProviderPromise => ({
    name,
    async check() {
      const provider = script.provider();
      await check(provider.session as Session, await heldOf(script), provider);
    },
  });
  return [
    ...(session.kind === 'renewable' ? renewalPromises(script, promise) : []),
    ...(session.check ? checks(session.kind, script, promise) : []),
    promise<OwnSession>(
      'says goodbye at an endpoint of its own, and takes any answer',
      ({ end }, held, provider) => {
        if (end === undefined) return;
        const request = requestOf(() => end.request(held));
        if (request === null) return;
        mustBeOwn(provider, request);
        for (const [, answer] of HOSTILE_ANSWERS) end.read(answer, held);
      },
    ),
  ];
}

function checks(
  kind: OwnSession['kind'],
  { refused }: ProviderScript,
  promise: (name: string, check: Check<FixedSession>) => ProviderPromise,
): readonly ProviderPromise[] {
  const outcomeOf = (
    { check }: FixedSession,
    held: Held,
    answer: WireAnswer,
  ): AuthUser | Refusal | undefined => check?.read(answer, held);
  return [
    promise('asks whether a session holds at an endpoint of its own', ({ check }, held, provider) => {
      const request = check && requestOf(() => check.request(held));
      if (request) mustBeOwn(provider, request);
    }),
    ...(kind === 'fixed' && refused
      ? [
          promise('knows the end of a session', (session, held) => {
            const outcome = outcomeOf(session, held, refused);
            must(isRefusal(outcome) && outcome.failure === 'refused', 'it is of the class refused');
          }),
        ]
      : []),
    ...HOSTILE_ANSWERS.map(([name, answer]) =>
      promise(`takes ${name} for neither a user nor the end of a session`, (session, held) => {
        const outcome = outcomeOf(session, held, answer);
        must(isRefusal(outcome), 'it is no user');
        must(outcome.failure !== 'refused', 'it is no proof');
      }),
    ),
  ];
}
