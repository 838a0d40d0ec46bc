import type { AverosAccounts } from './averos-accounts';

/** An async validator for a control of Angular's forms, of whichever kind. */
export type AverosAvailabilityValidator = (control: {
  readonly value: unknown;
}) => Promise<Readonly<Record<string, true>> | null>;

/** Options of the availability validators. */
export interface AverosAvailabilityOptions {
  /** Milliseconds to wait for further typing. Default 300. */
  readonly wait?: number;
}

/**
 * Gives a control the error `userNameNotAvailable` if the name is taken. A server that cannot say it does not block the form: it says so when the
 * form is sent.
 *
 * @example userName = new FormControl('', { asyncValidators: averosUserNameAvailable(injectAuthActions(averos)) });
 */
export function averosUserNameAvailable(
  actions: Pick<AverosAccounts, 'isUserNameTaken'>,
  options?: AverosAvailabilityOptions,
): AverosAvailabilityValidator {
  return validator('userNameNotAvailable', actions.isUserNameTaken, options);
}

/** Gives a control the error `emailNotAvailable` if the address is taken, like {@link averosUserNameAvailable}. */
export function averosEmailAvailable(
  actions: Pick<AverosAccounts, 'isEmailTaken'>,
  options?: AverosAvailabilityOptions,
): AverosAvailabilityValidator {
  return validator('emailNotAvailable', actions.isEmailTaken, options);
}

function validator(
  error: string,
  isTaken: (value: string) => Promise<boolean>,
  { wait = 300 }: AverosAvailabilityOptions = {},
): AverosAvailabilityValidator {
  return async control => {
    const { value } = control;
    if (typeof value !== 'string' || value === '') return null;
    await new Promise(resolve => setTimeout(resolve, wait));
    // Angular has begun anew with the other value, and no longer listens here.
    if (control.value !== value) return null;
    const taken = await isTaken(value).catch(() => false);
    return taken ? { [error]: true } : null;
  };
}
