import { randomUUID } from 'node:crypto';
import { type JSONWebKeySet, SignJWT, createLocalJWKSet, errors, jwtVerify } from 'jose';
import { EightBaseFailure } from './eight-base-failure';

const KEY = new TextEncoder().encode('the key of a user pool that exists in tests only');

/** Somebody whom the user pool behind 8base knows. */
export interface Account {
  readonly sub: string;
  readonly email: string;
  password: string;
  confirmed: boolean;
  disabled: boolean;
}

/** Milliseconds that tokens live. */
export interface Lifetimes {
  idToken: number;
  refreshToken: number;
}

/** The user pool: passwords and tokens. The workspace knows neither. */
export class UserPool {
  readonly accounts = new Map<string, Account>();
  /** The keys of another provider whose ID tokens the workspace takes in place of its own. */
  trusted: JSONWebKeySet | null = null;
  readonly lifetimes: Lifetimes = { idToken: 3_600_000, refreshToken: 86_400_000 };
  private readonly refreshTokens = new Map<string, { readonly email: string; readonly until: number }>();

  add(email: string, password: string, confirmed = true): Account {
    const account: Account = { sub: randomUUID(), email, password, confirmed, disabled: false };
    this.accounts.set(email, account);
    return account;
  }

  check(email: string, password: string): Account {
    const account = this.accounts.get(email);
    if (account?.password !== password) {
      throw new EightBaseFailure('NotAuthorizedError', 'Incorrect username or password.');
    }
    if (account.disabled) throw new EightBaseFailure('NotAuthorizedError', 'User is disabled.');
    if (!account.confirmed) throw new EightBaseFailure('UserNotConfirmedError', 'User is not confirmed.');
    return account;
  }

  async tokensFor({ sub, email }: Account): Promise<{ idToken: string; refreshToken: string }> {
    const refreshToken = randomUUID();
    this.refreshTokens.set(refreshToken, { email, until: Date.now() + this.lifetimes.refreshToken });
    return { idToken: await this.idToken({ sub, email }), refreshToken };
  }

  /** A token of the pool, or of another provider that the workspace trusts. */
  idToken(claims: Readonly<Record<string, string>>, lifetime = this.lifetimes.idToken): Promise<string> {
    const now = Date.now();
    return new SignJWT({ ...claims, jti: randomUUID() })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(now / 1000)
      .setExpirationTime((now + lifetime) / 1000)
      .sign(KEY);
  }

  /** Spends a refresh token. */
  take(refreshToken: string): Account {
    const found = this.refreshTokens.get(refreshToken);
    this.refreshTokens.delete(refreshToken);
    const account = this.accounts.get(found?.email ?? '');
    if (!found || !account || found.until <= Date.now()) {
      throw new EightBaseFailure('TokenExpiredError', 'Refresh Token has expired');
    }
    return account;
  }

  knows(refreshToken: string): boolean {
    return this.refreshTokens.has(refreshToken);
  }

  /** Ends all sessions. */
  revokeAll(): void {
    this.refreshTokens.clear();
  }

  async emailIn(idToken: string): Promise<{ readonly sub: string; readonly email: string }> {
    const expired = new EightBaseFailure('TokenExpiredError', 'Token expired', { token: 'jwt expired' });
    try {
      const { payload } = this.trusted
        ? await jwtVerify(idToken, createLocalJWKSet(this.trusted))
        : await jwtVerify(idToken, KEY);
      // To the millisecond, where JWT libraries count seconds.
      if ((payload.exp ?? 0) * 1000 <= Date.now()) throw expired;
      return { sub: payload.sub ?? '', email: String(payload['email']) };
    } catch (error) {
      if (error instanceof errors.JWTExpired || error === expired) throw expired;
      throw new EightBaseFailure('InvalidTokenError', 'Token invalid', { token: 'jwt malformed' });
    }
  }
}
