import type { interactionPolicy } from 'oidc-provider';
import type { loadProvider } from '../../../auth-server/src/oidc/load-provider.js';
import { textOf } from '../../../auth-server/src/oidc/parameter.js';
import type { StrongSignIn } from './issuer-shape';

/** Why a user is asked who has given the password only. */
export const TOO_WEAK = 'acr_too_weak';

/** Whether an authorization request wants the second factor. */
export function wantsSecondFactor(
  params: Readonly<Record<string, unknown>> | undefined,
  strong: StrongSignIn | undefined,
): strong is StrongSignIn {
  return strong !== undefined && textOf(params?.['acr_values']).split(' ').includes(strong.secondFactor);
}

/** Has users asked for the second factor where it is wanted and they have not given it. */
export function askForSecondFactor(
  { interactionPolicy: { Check } }: Awaited<ReturnType<typeof loadProvider>>,
  policy: interactionPolicy.DefaultPolicy,
  strong: StrongSignIn | undefined,
): void {
  policy
    .get('login')
    ?.checks.add(
      new Check(
        TOO_WEAK,
        'It takes the second factor.',
        ({ oidc }) => wantsSecondFactor(oidc.params, strong) && oidc.acr !== strong.secondFactor,
      ),
    );
}
