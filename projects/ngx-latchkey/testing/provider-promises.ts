import { type ActionContext, type AuthProvider, compileUrlRules } from 'ngx-latchkey/core';
import { apiPromises } from './api-promises';
import { PAGE, type ProviderPromise, must } from './promise';
import type { ProviderScript } from './provider-script';
import { sessionPromises } from './session-promises';
import { callbackPromises, signInPromises } from './sign-in-promises';

/**
 * Every promise that the engine relies on, for a provider and what its back end answers.
 *
 * @example
 * for (const { name, check } of providerPromises(script)) it(name, check);
 */
export function providerPromises(script: ProviderScript): readonly ProviderPromise[] {
  const promise = (name: string, check: (provider: AuthProvider) => void): ProviderPromise => ({
    name,
    check: () =>
      new Promise(resolve => {
        check(script.provider());
        resolve();
      }),
  });
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
    promise('does nothing before one of its actions is called', provider => {
      provider.actions?.(UNUSED);
    }),
    ...(script.provider().session.kind === 'delegated' ? [] : signInPromises(script)),
    ...callbackPromises(script),
    ...apiPromises(script),
    ...sessionPromises(script),
  ];
}

const tooEarly = (): never => {
  must(false, 'actions are made when the page starts, and nobody has called one yet');
};

const UNUSED: ActionContext = {
  http: { send: tooEarly },
  signIn: tooEarly,
  held: tooEarly,
  usable: tooEarly,
  end: tooEarly,
};
