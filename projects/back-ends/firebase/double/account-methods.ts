import { type Account, type Project, accountByEmail, randomName, takeCode } from './accounts';
import { ApiFailure } from './api-failure';
import { type Body, checkPassword } from './sign-in';
import { bearer, issueTokens, now } from './tokens';

export function lookup(project: Project, { idToken }: Body): object {
  return { users: [described(bearer(project, idToken).account)] };
}

export function update(project: Project, body: Body): object {
  if (typeof body['oobCode'] === 'string') {
    const mailed = takeCode(project, body['oobCode'], 'VERIFY_EMAIL');
    const account = accountByEmail(project, mailed?.email);
    if (account === undefined) throw new ApiFailure('INVALID_OOB_CODE');
    account.emailVerified = true;
    return described(account);
  }
  const { account, provider } = bearer(project, body['idToken']);
  const { displayName, photoUrl, email, password } = body;
  if (typeof displayName === 'string') account.displayName = displayName;
  if (typeof photoUrl === 'string') account.photoUrl = photoUrl;
  if (typeof email === 'string') {
    if (accountByEmail(project, email)) throw new ApiFailure('EMAIL_EXISTS');
    account.email = email;
    account.emailVerified = false;
  }
  if (typeof password === 'string') {
    checkPassword(password);
    account.password = password;
  }
  if (email === undefined && password === undefined) return described(account);
  account.validSince = now();
  const renewed = provider === 'anonymous' && account.password !== undefined ? 'password' : provider;
  return { ...described(account), ...issueTokens(project, account, renewed) };
}

/** What an administrator changes. */
export function administer(
  project: Project,
  { localId, disableUser, customAttributes, validSince }: Body,
): object {
  const account = project.accounts.get(String(localId));
  if (account === undefined) throw new ApiFailure('USER_NOT_FOUND');
  if (typeof disableUser === 'boolean') account.disabled = disableUser;
  if (typeof customAttributes === 'string') account.customAttributes = customAttributes;
  if (typeof validSince === 'string') account.validSince = Number(validSince);
  return described(account);
}

export function sendOobCode(project: Project, body: Body, address: string): object {
  const { requestType, continueUrl } = body;
  const email =
    requestType === 'VERIFY_EMAIL' ? bearer(project, body['idToken']).account.email : body['email'];
  if (typeof email !== 'string') throw new ApiFailure('MISSING_EMAIL');
  if (typeof continueUrl === 'string' && !URL.canParse(continueUrl)) {
    throw new ApiFailure('INVALID_CONTINUE_URI : ((expected an absolute URI with valid scheme and host))');
  }
  if (requestType === 'PASSWORD_RESET' && accountByEmail(project, email) === undefined) {
    if (project.protectsEmails) return { email };
    throw new ApiFailure('EMAIL_NOT_FOUND');
  }
  const oobCode = randomName();
  const oobLink = `${address}/emulator/action?mode=action&oobCode=${oobCode}`;
  project.codes.push({ email, requestType: String(requestType), oobCode, oobLink });
  return { email };
}

export function resetPassword(project: Project, { oobCode, newPassword }: Body): object {
  checkPassword(String(newPassword));
  const mailed = takeCode(project, oobCode, 'PASSWORD_RESET');
  const account = accountByEmail(project, mailed?.email);
  if (account === undefined) throw new ApiFailure('INVALID_OOB_CODE');
  account.password = String(newPassword);
  account.emailVerified = true;
  account.validSince = now();
  return { email: account.email, requestType: 'PASSWORD_RESET' };
}

export function deleteAccount(project: Project, { idToken }: Body): object {
  project.accounts.delete(bearer(project, idToken).account.localId);
  return {};
}

function described(account: Account): object {
  const { password, secondFactor: _secondFactor, identities: _identities, validSince, ...shown } = account;
  return {
    ...shown,
    validSince: String(validSince),
    ...(password !== undefined && { passwordHash: 'UkVEQUNURUQ=' }),
    providerUserInfo: [],
  };
}
