import type { Core } from '../core.js';
import { ApiError } from '../errors.js';
import type { Session, User } from '../state.js';
import { publicUser, type PublicUser } from '../users.js';

/** What a login, a registration and a refresh answer; the refresh token only where it travels in the body. */
export interface GrantAnswer {
  readonly user: PublicUser;
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly tokenType: 'Bearer';
}

export async function grantAnswer(
  core: Core,
  user: User,
  session: Session,
  refreshToken: string | undefined,
): Promise<GrantAnswer> {
  const accessToken = await core.access.issueJwt(user, session.id);
  await core.store.save();
  return {
    user: publicUser(user),
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    expiresIn: core.policy.accessTokenLifetime,
    tokenType: 'Bearer',
  };
}

export function taken(what: 'username' | 'email'): ApiError {
  const fields = { [what]: `This ${what === 'email' ? 'e-mail address' : 'user name'} is already taken.` };
  return new ApiError(409, `${what}_taken`, `${fields[what]} Choose another.`, { details: { fields } });
}
