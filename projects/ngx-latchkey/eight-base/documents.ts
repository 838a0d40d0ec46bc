/** Signs in by e-mail and password; the tokens are below `auth`. */
export const LOGIN =
  'mutation ($data: UserLoginInput!) { userLogin(data: $data) { success auth { idToken refreshToken } } }';

/** New tokens, without `auth` around them. */
export const REFRESH =
  'mutation ($data: RefreshTokenInput!) { userRefreshToken(data: $data) { idToken refreshToken } }';

/** The signed-in user's row of the Users table, with whatever the application adds. */
export function userQuery(more = ''): string {
  const fields = `id email firstName lastName roles { items { id name } } permissions { items { resource resourceType permission } } ${more}`;
  return `{ user { ${fields.trim()} } }`;
}

/** Makes a row for somebody whom the authentication profile knows and the Users table does not. */
export const SIGN_UP_WITH_TOKEN =
  'mutation ($user: UserCreateInput!, $authProfileId: ID) { userSignUpWithToken(user: $user, authProfileId: $authProfileId) { id } }';

export const SIGN_UP_WITH_PASSWORD =
  'mutation ($user: UserCreateInput!, $password: String!, $authProfileId: ID) { userSignUpWithPassword(user: $user, password: $password, authProfileId: $authProfileId) { id } }';

export const FORGOT_PASSWORD =
  'mutation ($data: PasswordForgotInput!) { userPasswordForgot(data: $data) { success } }';

export const CONFIRM_FORGOT_PASSWORD =
  'mutation ($data: PasswordForgotConfirmInput!) { userPasswordForgotConfirm(data: $data) { success } }';

export const RESEND_VERIFICATION =
  'mutation ($data: VerificationEmailResendInput!, $authProfileId: ID) { userVerificationEmailResend(data: $data, authProfileId: $authProfileId) { success } }';

export const CHANGE_PASSWORD =
  'mutation ($data: ChangePasswordInput!) { userChangePassword(data: $data) { success } }';
