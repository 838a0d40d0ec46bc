import { type ProviderScript, providerPromises } from 'ngx-latchkey/testing';

/** Declares a spec for each promise that the engine relies on. */
export function keepsItsPromises(script: ProviderScript): void {
  for (const { name, check } of providerPromises(script)) {
    it(name, async () => {
      await expectAsync(check()).toBeResolved();
    });
  }
}
