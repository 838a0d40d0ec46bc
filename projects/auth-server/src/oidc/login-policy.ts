import type { interactionPolicy } from 'oidc-provider';
import { levelsIn, meets } from './authentication-level.js';
import type { loadProvider } from './load-provider.js';

export const TOO_WEAK = 'acr_too_weak';

/** When the user has to sign in: as OpenID has it, and where none of the levels that are asked for has been reached. */
export function loginPolicy({
  interactionPolicy: { base, Check },
}: Awaited<ReturnType<typeof loadProvider>>): interactionPolicy.DefaultPolicy {
  const policy = base();
  policy.get('login')?.checks.add(
    new Check(TOO_WEAK, 'End-User authentication is not strong enough', ({ oidc }) => {
      const wanted = levelsIn(oidc.params?.['acr_values']);
      return wanted.length > 0 && !wanted.some(level => meets(oidc.acr, level));
    }),
  );
  return policy;
}
