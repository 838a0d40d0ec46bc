import { createHmac, randomUUID } from 'node:crypto';
import type { DoubleUser } from './double-users';

/** How the double hands out tokens. */
export interface TokenRules {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Seconds. */
  readonly tokenLife: number;
  /** Whether each renewal replaces the refresh token. */
  readonly rotation: boolean;
  /** Milliseconds for which a replaced refresh token still serves. */
  readonly gracePeriod: number;
}

interface RefreshToken {
  readonly user: DoubleUser;
  /** Names the sign-in: all its tokens are revoked together. */
  readonly origin: string;
  replacedAt?: number;
}

/** What a refresh token that cannot be used is told. */
export type Refused = 'revoked' | 'reused';

/** The tokens that the double has handed out. */
export interface DoubleTokens {
  /** The result of a sign-in. */
  issue(user: DoubleUser, now?: number): Record<string, unknown>;
  /** The result of a renewal. */
  renew(refreshToken: string, rotate: boolean): Record<string, unknown> | Refused;
  /** Whose access token it is, if it serves. */
  owner(accessToken: string): DoubleUser | undefined;
  revoke(refreshToken: string): void;
  revokeAll(user: DoubleUser): void;
}

export function doubleTokens(rules: TokenRules): DoubleTokens {
  const refreshTokens = new Map<string, RefreshToken>();
  const revoked = new Set<string>();
  const origins = new Map<string, { user: DoubleUser; origin: string; until: number }>();

  function issue(user: DoubleUser, origin: string, withRefresh: boolean): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    const common = {
      sub: user.sub,
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${rules.userPoolId}`,
      'cognito:groups': user.groups,
      origin_jti: origin,
      auth_time: now,
      iat: now,
      exp: now + rules.tokenLife,
    };
    const access = sign({
      ...common,
      token_use: 'access',
      client_id: rules.clientId,
      scope: 'aws.cognito.signin.user.admin',
      username: user.username,
      jti: randomUUID(),
    });
    const id = sign({
      ...common,
      ...user.attributes,
      token_use: 'id',
      aud: rules.clientId,
      'cognito:username': user.username,
      jti: randomUUID(),
    });
    origins.set(access, { user, origin, until: Date.now() + rules.tokenLife * 1000 });
    const result = { AccessToken: access, IdToken: id, ExpiresIn: rules.tokenLife, TokenType: 'Bearer' };
    if (!withRefresh) return result;
    const refresh = `refresh.${randomUUID()}`;
    refreshTokens.set(refresh, { user, origin });
    return { ...result, RefreshToken: refresh };
  }

  return {
    issue: user => issue(user, randomUUID(), true),
    renew(text, rotate) {
      const token = refreshTokens.get(text);
      if (token === undefined || revoked.has(token.origin)) return 'revoked';
      if (!rules.rotation || !rotate) return issue(token.user, token.origin, false);
      token.replacedAt ??= Date.now();
      if (Date.now() - token.replacedAt > rules.gracePeriod) {
        revoked.add(token.origin);
        return 'reused';
      }
      return issue(token.user, token.origin, true);
    },
    owner(access) {
      const found = origins.get(access);
      return found && found.until > Date.now() && !revoked.has(found.origin) ? found.user : undefined;
    },
    revoke(text) {
      const token = refreshTokens.get(text);
      if (token) revoked.add(token.origin);
    },
    revokeAll(user) {
      for (const token of [...refreshTokens.values(), ...origins.values()]) {
        if (token.user === user) revoked.add(token.origin);
      }
    },
  };
}

function sign(claims: Record<string, unknown>): string {
  const parts = [{ alg: 'HS256', typ: 'JWT', kid: 'double' }, claims].map(part =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = parts.join('.');
  return `${text}.${createHmac('sha256', 'double').update(text).digest('base64url')}`;
}
