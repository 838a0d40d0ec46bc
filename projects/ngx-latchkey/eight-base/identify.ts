import {
  type AuthHttp,
  type AuthUser,
  type Exchange,
  type Held,
  authError,
  isJsonObject,
  memberAt,
  readJwt,
} from 'ngx-latchkey/core';
import { SIGN_UP_WITH_TOKEN, userQuery } from './documents';
import { errorsIn, failureIn } from './eight-base-errors';
import type { EightBaseOptions, EightBaseUserInput } from './eight-base-options';
import { userFrom } from './eight-base-user';
import type { Workspace } from './workspace';

/** The ID token is what 8base takes; whoever signs in elsewhere holds it beside the access token. */
export function idTokenOf({ token, memory }: Held): string {
  const idToken = memberAt(memory, 'idToken');
  return typeof idToken === 'string' && idToken !== '' ? idToken : token;
}

/**
 * Asks for the user's row of the Users table. Who has a token and no row gets one, once.
 *
 * Rejects with `email-mismatch` when there is still none afterwards: 8base finds rows by the e-mail address of the token, and the
 * user's row has another.
 */
export async function identify(
  held: Held,
  http: AuthHttp,
  workspace: Workspace,
  options: EightBaseOptions,
): Promise<AuthUser> {
  const token = idTokenOf(held);
  const known = await http.send(ownRow(workspace, options), token);
  if (known !== null) return known;
  await http.send(signUp(workspace, options), token);
  const created = await http.send(ownRow(workspace, options), token);
  if (created === null) throw authError('misconfigured', 'email-mismatch');
  return created;
}

function ownRow(workspace: Workspace, options: EightBaseOptions): Exchange<string, AuthUser | null> {
  return {
    request: token => workspace.ask(userQuery(options.userFields), undefined, token),
    read: answer => {
      const user = userFrom(memberAt(answer.json, 'data.user'), options);
      return user ?? (says(answer.json, 'EntityNotFoundError') ? null : failureIn(answer));
    },
  };
}

function signUp(workspace: Workspace, options: EightBaseOptions): Exchange<string, void> {
  return {
    request: token =>
      workspace.ask(
        SIGN_UP_WITH_TOKEN,
        { user: newUser(token, options), authProfileId: options.authProfileId },
        token,
      ),
    read: answer => {
      const done = isJsonObject(memberAt(answer.json, 'data.userSignUpWithToken'));
      // A row that is there already may be another tab's doing; whether it can be found is asked next.
      return done || says(answer.json, 'EntityExistsError') ? undefined : failureIn(answer);
    },
  };
}

/** The e-mail address by which 8base finds the user. */
export function emailIn(token: string): string | undefined {
  const email = readJwt(token)?.['email'];
  return typeof email === 'string' ? email : undefined;
}

function newUser(token: string, { newUser: make }: EightBaseOptions): EightBaseUserInput {
  const claims = readJwt(token) ?? {};
  const known = emailIn(token);
  const { email, ...others } = make?.(claims) ?? {
    email: known,
    ...named('firstName', claims['given_name']),
    ...named('lastName', claims['family_name']),
  };
  if (typeof email !== 'string' || email === '') throw authError('misconfigured', 'token-without-email');
  if (known !== undefined && known.toLowerCase() !== email.toLowerCase()) {
    throw authError('misconfigured', 'email-mismatch');
  }
  return { email, ...others };
}

function named(field: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' ? { [field]: value } : {};
}

function says(body: unknown, wanted: string): boolean {
  return errorsIn(body).some(({ code }) => code === wanted);
}
