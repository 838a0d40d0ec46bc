import { authError } from 'ngx-latchkey/core';

/** What `login` takes. */
export interface SpaceCloudCredentials {
  readonly email: string;
  readonly password: string;
}

/** @throws AuthError `invalid-input` */
export function mustBeCredentials(input: object): asserts input is SpaceCloudCredentials {
  const { email, password } = input as Partial<SpaceCloudCredentials>;
  if ([email, password].every(value => typeof value === 'string' && value !== '')) return;
  throw authError('needs-user', 'invalid-input', '{ email, password }, both of them text that is not empty');
}
