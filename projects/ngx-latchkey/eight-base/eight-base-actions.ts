import {
  type ActionContext,
  type AuthUser,
  type Json,
  type Refusal,
  isJsonObject,
  memberAt,
} from 'ngx-latchkey/core';
import {
  CHANGE_PASSWORD,
  CONFIRM_FORGOT_PASSWORD,
  FORGOT_PASSWORD,
  RESEND_VERIFICATION,
  SIGN_UP_WITH_PASSWORD,
} from './documents';
import { failureIn } from './eight-base-errors';
import type { EightBaseOptions, EightBaseUserInput } from './eight-base-options';
import { emailIn, identify } from './identify';
import type { Workspace } from './workspace';

/** A new account; whatever else the Users table knows goes in beside the two. */
export interface EightBaseRegistration extends EightBaseUserInput {
  readonly password: string;
}

/** The code comes by e-mail. */
export interface EightBasePasswordReset {
  readonly email: string;
  readonly code: string;
  readonly newPassword: string;
}

/** For somebody who is signed in. */
export interface EightBaseNewPassword {
  readonly oldPassword: string;
  readonly newPassword: string;
}

/** What 8base can do besides keeping a session; see `injectAuthActions`. All reject with an `AuthError`. */
export interface EightBaseActions {
  /** Makes an account. The user confirms the e-mail address and signs in. @throws AuthError `already-exists`, `invalid-input` */
  signUpWithPassword(registration: EightBaseRegistration): Promise<void>;
  /** Has a code sent with which the password can be replaced. */
  forgotPassword(request: { readonly email: string }): Promise<void>;
  /** @throws AuthError `invalid-input` for a code that is wrong or too old, or a password that is too weak */
  confirmForgotPassword(reset: EightBasePasswordReset): Promise<void>;
  /** Has the e-mail sent again that confirms the address. */
  resendVerification(request: { readonly email: string }): Promise<void>;
  /** @throws AuthError `invalid-credentials` when the old password is wrong, `unauthenticated` */
  changePassword(passwords: EightBaseNewPassword): Promise<void>;
  /** The user as the Users table has it now. @throws AuthError `unauthenticated`, `email-mismatch`, `role-may-not-get-token` */
  profile(): Promise<AuthUser>;
}

export function eightBaseActions(
  { http, usable }: ActionContext,
  workspace: Workspace,
  options: EightBaseOptions,
): EightBaseActions {
  const { authProfileId } = options;
  const tell = (field: string, query: string, variables: Json, token?: string): Promise<void> =>
    http.send(
      {
        request: () => workspace.ask(query, variables, token),
        read: (answer): undefined | Refusal => {
          const done = memberAt(answer.json, `data.${field}`);
          return isJsonObject(done) && done['success'] !== false ? undefined : failureIn(answer);
        },
      },
      undefined,
    );

  return {
    signUpWithPassword: ({ password, ...user }) =>
      tell('userSignUpWithPassword', SIGN_UP_WITH_PASSWORD, { user, password, authProfileId }),
    forgotPassword: ({ email }) =>
      tell('userPasswordForgot', FORGOT_PASSWORD, { data: { email, authProfileId } }),
    confirmForgotPassword: ({ email, code, newPassword }) =>
      tell('userPasswordForgotConfirm', CONFIRM_FORGOT_PASSWORD, {
        data: { email, code, newPassword, authProfileId },
      }),
    resendVerification: ({ email }) =>
      tell('userVerificationEmailResend', RESEND_VERIFICATION, { data: { email }, authProfileId }),
    async changePassword({ oldPassword, newPassword }) {
      const { token, secret, user } = await usable();
      // 8base wants all of it, the refresh token too.
      const data = {
        refreshToken: secret ?? '',
        email: user?.email ?? emailIn(token) ?? '',
        oldPassword,
        newPassword,
        authProfileId,
      };
      await tell('userChangePassword', CHANGE_PASSWORD, { data }, token);
    },
    async profile() {
      return identify(await usable(), http, workspace, options);
    },
  };
}
