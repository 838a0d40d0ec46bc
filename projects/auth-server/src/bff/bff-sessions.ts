import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Core } from '../core.js';
import { digestOf, randomToken } from '../opaque-token.js';
import { renewTokens, type BffTokens } from './bff-client.js';

const MODEL = 'CookieSession';

/** A session of the backend for frontend, with an access token that is good now. */
export interface BffSession {
  readonly accessToken: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The sessions whose tokens stay here; the page has a cookie that says nothing. Kept beside the issuer's own things, so that
 * whatever ends a login there ends it here.
 */
export class BffSessions {
  readonly #core: () => Core;
  readonly #renewals = new Map<string, Promise<BffSession | undefined>>();

  constructor(core: () => Core) {
    this.#core = core;
  }

  /** Starts a session in place of the browser's `former` one, and answers the cookie's value. */
  start(tokens: BffTokens, former = ''): string {
    const cookie = randomToken();
    this.#core().openid.storage.remove(MODEL, digestOf(former));
    this.#keep(digestOf(cookie), tokens);
    return cookie;
  }

  /**
   * The session of a cookie, its tokens renewed if need be; requests that come together share one renewal. Undefined when it is over.
   *
   * @throws ApiError `issuer_failed`
   */
  find(cookie: string, request: FastifyRequest): Promise<BffSession | undefined> {
    const id = digestOf(cookie);
    const renewal =
      this.#renewals.get(id) ?? this.#look(id, request).finally(() => this.#renewals.delete(id));
    this.#renewals.set(id, renewal);
    return renewal;
  }

  /** Counts the session's life anew from now. */
  slide(cookie: string): void {
    const { openid, policy } = this.#core();
    const kept = openid.storage.find(MODEL, digestOf(cookie));
    if (kept !== undefined) openid.storage.put(MODEL, digestOf(cookie), kept, policy.refreshTokenLifetime);
  }

  /** Ends the session, its tokens and the issuer's own sign-in; answers whose it was. */
  end(cookie: string): string | undefined {
    const { storage } = this.#core().openid;
    const kept = storage.find(MODEL, digestOf(cookie));
    if (kept === undefined) return undefined;
    storage.endLogin(kept.grantId ?? '', kept.sessionUid);
    return kept.accountId;
  }

  async #look(id: string, request: FastifyRequest): Promise<BffSession | undefined> {
    const core = this.#core();
    const { storage } = core.openid;
    const tokens = this.#tokens(id);
    if (tokens === undefined) return undefined;
    const { jti = '' } = decodeJwt(tokens.accessToken);
    if (storage.find('AccessToken', jti) !== undefined) return sessionOf(tokens);
    const renewed = await renewTokens(core, request, tokens.refreshToken);
    if (renewed === undefined) storage.remove(MODEL, id);
    // A logout may have come first, and is not undone.
    else if (this.#tokens(id) !== undefined) {
      this.#keep(id, renewed);
      return sessionOf(renewed);
    }
    return undefined;
  }

  #tokens(id: string): BffTokens | undefined {
    const kept = this.#core().openid.storage.find(MODEL, id);
    if (typeof kept?.['accessToken'] !== 'string' || typeof kept['refreshToken'] !== 'string')
      return undefined;
    return { accessToken: kept['accessToken'], refreshToken: kept['refreshToken'] };
  }

  #keep(id: string, tokens: BffTokens): void {
    const { openid, policy } = this.#core();
    const { jti = '' } = decodeJwt(tokens.accessToken);
    const { accountId, grantId, sessionUid } = openid.storage.find('AccessToken', jti) ?? {};
    const login = { accountId, grantId, sessionUid };
    openid.storage.put(MODEL, id, { ...login, ...tokens }, policy.refreshTokenLifetime);
  }
}

function sessionOf({ accessToken }: BffTokens): BffSession {
  return { accessToken, claims: decodeJwt(accessToken) };
}
