import { AuthError, type AuthHttp, type AuthProvider, type Grant, type VendorSdk } from 'ngx-latchkey/core';
import { type ProviderPromise, must, mustBeGrant } from './promise';
import type { ProviderScript } from './provider-script';

/** What the engine relies on where a vendor's SDK keeps the session. */
export function sdkPromises({ provider: made, inTrouble }: ProviderScript): readonly ProviderPromise[] {
  const promise = (
    name: string,
    check: (provider: AuthProvider, sdk: VendorSdk) => Promise<void> | void,
    make = made,
  ): ProviderPromise => ({
    name,
    async check() {
      const provider = make();
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
    ...(inTrouble
      ? [promise('takes trouble of the SDK for no end of a session', takesTroubleForNoEnd, inTrouble)]
      : []),
  ];
}

async function takesTroubleForNoEnd(_: AuthProvider, sdk: VendorSdk): Promise<void> {
  let ended = false;
  const stop = sdk.connect(grant => {
    ended ||= grant === null;
  });
  for (const force of [false, true]) {
    const outcome = await sdk.token(force).catch(() => 'trouble');
    must(outcome === 'trouble', 'an SDK without a token, and without a word why, rejects');
  }
  stop();
  must(!ended, 'only an SDK that is sure says that nobody is signed in');
}
