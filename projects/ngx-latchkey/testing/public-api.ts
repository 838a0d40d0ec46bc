/** What the authors of providers need: every promise that the engine relies on, as checks for any test runner. */
export type { ProviderPromise } from './promise';
export { providerPromises } from './provider-promises';
export type { ProviderScript } from './provider-script';
