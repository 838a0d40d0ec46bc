import { BFF_CLIENT } from './clients.js';
import type { OpenIdStorage } from './openid-storage.js';

/** What one login over OpenID has left that is still good. Times are the server's, in milliseconds. */
export interface OpenIdSession {
  readonly id: string;
  readonly userId: string;
  /** Who keeps its tokens: the app, or the backend for frontend. */
  readonly transport: 'openid' | 'bff';
  /** How often its refresh token was rotated. */
  readonly generation: number;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

/** One for each grant under which a token is good. */
export function openIdSessions(storage: OpenIdStorage): readonly OpenIdSession[] {
  const tokens = [...storage.all('RefreshToken'), ...storage.all('AccessToken')];
  return storage.all('Grant').flatMap(({ id, payload, keptAt }) => {
    const own = tokens.filter(token => token.payload.grantId === id);
    if (own.length === 0) return [];
    return [
      {
        id,
        userId: payload.accountId ?? '',
        transport: payload.clientId === BFF_CLIENT ? 'bff' : 'openid',
        generation: Math.max(...own.map(token => token.payload.rotations ?? 0)),
        createdAt: Math.min(keptAt, ...own.map(token => token.keptAt)),
        lastUsedAt: Math.max(...own.map(token => token.keptAt)),
        expiresAt: Math.max(...own.map(token => token.expiresAt)),
      },
    ];
  });
}
