import { EightBaseFailure } from './eight-base-failure';
import type { UserPool } from './user-pool';
import { type NewUser, type UsersTable, asUser } from './users-table';

/** The code in each e-mail. */
export const RESET_CODE = '246810';
const SHORTEST_PASSWORD = 8;

/** Who sent a request, if it carried a token. */
export interface Sender {
  readonly sender?: { readonly sub: string; readonly email: string } | undefined;
}

export interface Workspace {
  readonly pool: UserPool;
  readonly users: UsersTable;
  readonly authProfileId: string;
  /** Whether the role of the authentication profile is enabled for "Get Token". */
  roleMayGetToken: boolean;
}

interface Input<Fields extends string> {
  readonly data: Readonly<Record<Fields, string>>;
}

export function resolversOf(workspace: Workspace) {
  const { pool, users } = workspace;
  const known = (authProfileId: string | null | undefined): void => {
    if (authProfileId !== workspace.authProfileId) {
      throw new EightBaseFailure('EntityNotFoundError', 'Authentication profile not found.');
    }
  };
  const allowed = (): void => {
    if (!workspace.roleMayGetToken) throw new EightBaseFailure('NotAuthorizedError', 'Not Authorized');
  };
  const signedIn = ({ sender }: Sender): NonNullable<Sender['sender']> => {
    if (!sender) {
      const sentence = "You don't have permission to perform this operation";
      throw new EightBaseFailure('NotAuthorizedError', sentence, { permissions: sentence });
    }
    allowed();
    return sender;
  };
  const strong = (password: string): void => {
    if (password.length >= SHORTEST_PASSWORD) return;
    throw new EightBaseFailure('InvalidArgumentError', 'Password did not conform with policy.');
  };
  const accountOf = (email: string) => {
    const account = pool.accounts.get(email);
    if (!account) throw new EightBaseFailure('UserNotFoundError', 'User not found.');
    return account;
  };

  return {
    Query: {
      user(_: unknown, __: unknown, context: Sender) {
        const row = users.byEmail(signedIn(context).email);
        if (!row)
          throw new EightBaseFailure('EntityNotFoundError', 'Entity not found', { User: 'not found' });
        return asUser(row);
      },
      postsList(_: unknown, __: unknown, context: Sender) {
        signedIn(context);
        return { count: 3 };
      },
    },
    Mutation: {
      async userLogin(_: unknown, { data }: Input<'email' | 'password' | 'authProfileId'>) {
        known(data.authProfileId);
        const account = pool.check(data.email, data.password);
        allowed();
        return { success: true, auth: await pool.tokensFor(account) };
      },
      userRefreshToken(_: unknown, { data }: Input<'refreshToken' | 'authProfileId'>) {
        known(data.authProfileId);
        return pool.tokensFor(pool.take(data.refreshToken));
      },
      userSignUpWithToken(_: unknown, { user, authProfileId }: SignUp, context: Sender) {
        known(authProfileId);
        const { sub, email } = signedIn(context);
        if (users.byEmail(user.email) ?? users.bySub(sub)) {
          throw new EightBaseFailure('EntityExistsError', 'User already exists.');
        }
        if (user.email !== email) {
          throw new EightBaseFailure('InvalidArgumentError', 'Email does not match the token.');
        }
        return asUser(users.add(user, sub));
      },
      userSignUpWithPassword(_: unknown, { user, password, authProfileId }: SignUp & { password: string }) {
        known(authProfileId);
        if (pool.accounts.has(user.email)) {
          throw new EightBaseFailure('EntityExistsError', 'User already exists.');
        }
        strong(password);
        const { sub } = pool.add(user.email, password, false);
        return asUser(users.add(user, sub));
      },
      userPasswordForgot(_: unknown, { data }: Input<'email' | 'authProfileId'>) {
        known(data.authProfileId);
        accountOf(data.email);
        return { success: true };
      },
      userPasswordForgotConfirm(
        _: unknown,
        { data }: Input<'email' | 'code' | 'newPassword' | 'authProfileId'>,
      ) {
        known(data.authProfileId);
        const account = accountOf(data.email);
        if (data.code !== RESET_CODE) {
          throw new EightBaseFailure('InvalidArgumentError', 'Invalid verification code provided.');
        }
        strong(data.newPassword);
        account.password = data.newPassword;
        return { success: true };
      },
      userVerificationEmailResend(_: unknown, { data }: Input<'email'>) {
        accountOf(data.email);
        return { success: true };
      },
      userChangePassword(
        _: unknown,
        { data }: Input<'refreshToken' | 'email' | 'oldPassword' | 'newPassword' | 'authProfileId'>,
      ) {
        known(data.authProfileId);
        if (!pool.knows(data.refreshToken)) pool.take(data.refreshToken);
        const account = pool.check(data.email, data.oldPassword);
        strong(data.newPassword);
        account.password = data.newPassword;
        return { success: true };
      },
    },
  };
}

interface SignUp {
  readonly user: NewUser;
  readonly authProfileId?: string | null;
}
