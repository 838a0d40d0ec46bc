import { type Account, type Project, accountByEmail, addAccount, randomName, takeCode } from './accounts';
import { ApiFailure } from './api-failure';
import { issueTokens, payloadOf } from './tokens';

/** A body of a request that nobody has looked at. */
export type Body = Readonly<Record<string, unknown>>;

export function signUp(project: Project, { email, password, displayName }: Body): object {
  if (email === undefined && password === undefined) {
    return signedIn(project, addAccount(project, {}), 'anonymous');
  }
  if (typeof email !== 'string') throw new ApiFailure('MISSING_EMAIL');
  if (typeof password !== 'string' || password === '') throw new ApiFailure('MISSING_PASSWORD');
  if (!email.includes('@')) throw new ApiFailure('INVALID_EMAIL');
  checkPassword(password);
  if (accountByEmail(project, email)) throw new ApiFailure('EMAIL_EXISTS');
  const named = typeof displayName === 'string' ? { displayName } : {};
  const account = addAccount(project, { email, password, ...named });
  return signedIn(project, account, 'password', { email });
}

export function signInWithPassword(project: Project, { email, password }: Body): object {
  const account = accountByEmail(project, email);
  const wrong = (name: string): ApiFailure =>
    new ApiFailure(project.protectsEmails ? 'INVALID_LOGIN_CREDENTIALS' : name);
  if (account === undefined) throw wrong('EMAIL_NOT_FOUND');
  if (account.disabled) throw new ApiFailure('USER_DISABLED');
  if (account.password !== password) throw wrong('INVALID_PASSWORD');
  return signedIn(project, account, 'password', { email, registered: true });
}

export function signInWithCustomToken(project: Project, { token }: Body): object {
  const { uid, claims = {} } = payloadOf(token) ?? {};
  if (typeof uid !== 'string') throw new ApiFailure('INVALID_CUSTOM_TOKEN : Invalid assertion format');
  const known = project.accounts.get(uid);
  const account = known ?? addAccount(project, {}, uid);
  if (account.disabled) throw new ApiFailure('USER_DISABLED');
  const tokens = issueTokens(project, account, 'custom', claims as object);
  return { isNewUser: known === undefined, ...tokens };
}

export function signInWithIdp(project: Project, { postBody }: Body): object {
  const posted = new URLSearchParams(String(postBody));
  const [providerId, idToken] = [posted.get('providerId'), posted.get('id_token')];
  const found = payloadOf(idToken);
  if (providerId === null || typeof found?.['sub'] !== 'string') {
    throw new ApiFailure(`INVALID_IDP_RESPONSE : Unable to parse id_token: ${String(idToken)}`);
  }
  const rawId = found['sub'];
  const email = String(found['email']);
  const linked = [...project.accounts.values()].find(({ identities }) =>
    identities.some(identity => identity.providerId === providerId && identity.rawId === rawId),
  );
  const sameEmail = accountByEmail(project, email);
  if (linked === undefined && sameEmail !== undefined) {
    // Nobody can say whether it is the same person.
    return { needConfirmation: true, email, providerId, verifiedProvider: ['password'] };
  }
  const account =
    linked ?? addAccount(project, { email, emailVerified: true, identities: [{ providerId, rawId }] });
  const rawUserInfo = JSON.stringify(found);
  return signedIn(project, account, providerId, {
    email,
    providerId,
    isNewUser: linked === undefined,
    rawUserInfo,
  });
}

export function signInWithEmailLink(project: Project, { email, oobCode }: Body): object {
  const mailed = takeCode(project, oobCode, 'EMAIL_SIGNIN');
  if (mailed === undefined) throw new ApiFailure('INVALID_OOB_CODE');
  if (mailed.email !== email)
    throw new ApiFailure('INVALID_EMAIL : The address is another than the one it was mailed to.');
  const known = accountByEmail(project, email);
  const account = known ?? addAccount(project, { email: mailed.email });
  account.emailVerified = true;
  return signedIn(project, account, 'password', { email, isNewUser: known === undefined });
}

export function checkPassword(password: string): void {
  if (password.length < 6) throw new ApiFailure('WEAK_PASSWORD : Password should be at least 6 characters');
}

function signedIn(project: Project, account: Account, provider: string, more: object = {}): object {
  const { localId, displayName, secondFactor } = account;
  if (secondFactor) return { localId, mfaPendingCredential: randomName(), mfaInfo: [{}], ...more };
  const named = displayName === undefined ? {} : { displayName };
  return { localId, ...named, ...more, ...issueTokens(project, account, provider) };
}
