import { authError } from 'ngx-latchkey/core';

/**
 * The input, if it is all there.
 *
 * @throws AuthError `invalid-input`
 */
export function requiredInput<Name extends string>(
  input: Readonly<Record<Name, unknown>>,
): Readonly<Record<Name, string>> {
  if (isText(input)) return input;
  const wanted = `{ ${Object.keys(input).join(', ')} }, all of them text that is not empty`;
  throw authError('needs-user', 'invalid-input', wanted);
}

function isText<Name extends string>(
  input: Readonly<Record<Name, unknown>>,
): input is Readonly<Record<Name, string>> {
  return Object.values(input).every(value => typeof value === 'string' && value !== '');
}
