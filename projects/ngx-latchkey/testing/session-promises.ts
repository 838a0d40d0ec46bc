import {
  type AuthHttp,
  AuthError,
  type AuthProvider,
  type FixedSession,
  type Grant,
  type Refusal,
  type RenewableSession,
  type VendorSdk,
  isRefusal,
} from 'ngx-latchkey/core';
import { HOSTILE_ANSWERS } from './hostile-answers';
import { HELD, type ProviderPromise, must, mustBeGrant, mustBeOwn, requestOf } from './promise';
import type { ProviderScript } from './provider-script';

/** What the engine relies on once somebody is signed in. */
export function sessionPromises(script: ProviderScript): readonly ProviderPromise[] {
  const { session } = script.provider();
  if (session.kind === 'renewable') return renewals(script);
  return session.kind === 'fixed' ? checks(session) : delegated(script);
}

function checks({ check }: FixedSession): readonly ProviderPromise[] {
  if (check === undefined) return [];
  return HOSTILE_ANSWERS.map(([name, answer]) => ({
    name: `takes ${name} for neither a user nor the end of a session`,
    async check() {
      const outcome: unknown = await Promise.resolve(check.read(answer, HELD));
      must(isRefusal(outcome), 'it is no user');
      must(outcome.failure !== 'refused', 'it is no proof');
    },
  }));
}

function delegated(script: ProviderScript): readonly ProviderPromise[] {
  const promise = (
    name: string,
    check: (provider: AuthProvider, sdk: VendorSdk) => Promise<void> | void,
  ): ProviderPromise => ({
    name,
    async check() {
      const provider = script.provider();
      if (provider.session.kind === 'delegated') await check(provider, provider.session.sdk);
    },
  });
  return [
    promise('says what the SDK holds, and stops when it is told to', async (provider, sdk) => {
      const said = new Promise<Grant | null>(resolve => {
        const stop = sdk.connect(resolve);
        must(typeof stop === 'function', 'connect gives what stops it');
      });
      const grant = await said;
      if (grant !== null) mustBeGrant(grant, provider);
    }),
    promise('gives a token of this moment, or none', async (provider, sdk) => {
      for (const force of [false, true]) {
        const grant = await sdk.token(force);
        if (grant !== null) mustBeGrant(grant, provider);
      }
    }),
    promise('refuses a sign-in that happens on screens of the SDK', async provider => {
      const http: AuthHttp = { send: () => Promise.reject(new Error('Nothing is sent.')) };
      const outcome = await provider.signIn.start({}, http).catch((error: unknown) => error);
      must(outcome instanceof AuthError, 'it rejects with an AuthError');
    }),
  ];
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
    promise('renews with what its server answers', ({ renew }, provider) => {
      must(renewed !== undefined, 'the script has an answer to a renewal');
      mustBeGrant(renew.read(renewed, HELD), provider);
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
