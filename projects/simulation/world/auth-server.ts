import type { WireAnswer, WireRequest } from 'ngx-latchkey/core';
import type { VirtualTime } from './virtual-time';

/** One sign-in as the server knows it. */
export interface Family {
  readonly user: string;
  /** Why it is over. */
  over: 'logout' | 'revoked' | 'reuse' | null;
  /** The refresh token that is good now, and the one before it. */
  current: string;
  previous: string | null;
  replacedAt: number;
  /** The refresh token whose second use ended it. */
  reused?: string;
}

const OVERLAP = 30_000;

/** An auth server and its API: rotates refresh tokens, strictly or with an overlap, and takes a second use for theft. */
export class AuthServer {
  readonly families = new Map<string, Family>();
  /** Seconds that an access token lives; `null` for a server that does not say. */
  life: number | null = 60;
  /** What comes of an API call that carries any token at all. */
  apiRejectsAll = false;
  refusals = 0;
  private readonly time: VirtualTime;
  private readonly strict: boolean;
  private readonly access = new Map<string, { readonly family: Family; readonly until: number }>();
  private issued = 0;

  constructor(time: VirtualTime, strict: boolean) {
    this.time = time;
    this.strict = strict;
  }

  revoke(user: string): void {
    for (const family of new Set(this.families.values())) {
      if (family.user === user && family.over === null) family.over = 'revoked';
    }
  }

  /** Makes all access tokens worthless, as a restart of an API's key store does. */
  forgetAccessTokens(): void {
    this.access.clear();
  }

  /** Whose token it is, if it is good; `null` if not. */
  apiUser(token: string): string | null {
    const known = this.access.get(token);
    if (this.apiRejectsAll || known === undefined || known.until <= this.time.now) return null;
    return known.family.over === null ? known.family.user : null;
  }

  answer({ url, json }: WireRequest): WireAnswer {
    const { refreshToken = '', username = '' } = json as Record<string, string>;
    const path = new URL(url).pathname;
    if (path === '/auth/login') {
      return this.grant({ user: username, over: null, current: '', previous: null, replacedAt: 0 });
    }
    const family = this.families.get(refreshToken);
    if (path !== '/auth/logout') return this.refresh(refreshToken, family);
    if (family) family.over ??= 'logout';
    return { status: 204, headers: {}, json: undefined };
  }

  private refresh(secret: string, family: Family | undefined): WireAnswer {
    if (family?.over !== null) return this.refuse();
    if (secret === family.current) return this.grant(family);
    const lately = this.time.now - family.replacedAt <= OVERLAP;
    if (!this.strict && secret === family.previous && lately) return this.repeat(family);
    family.over = 'reuse';
    family.reused = secret;
    return this.refuse();
  }

  private refuse(): WireAnswer {
    this.refusals += 1;
    return { status: 401, headers: {}, json: { error: 'invalid_grant' } };
  }

  private grant(family: Family): WireAnswer {
    this.issued += 1;
    family.previous = family.current === '' ? null : family.current;
    family.current = `canary-refresh-${this.issued}-${family.user}`;
    family.replacedAt = this.time.now;
    this.families.set(family.current, family);
    return this.repeat(family);
  }

  private repeat(family: Family): WireAnswer {
    this.issued += 1;
    const accessToken = `canary-access-${this.issued}-${family.user}`;
    this.access.set(accessToken, { family, until: this.time.now + (this.life ?? 300) * 1000 });
    const user = { id: family.user, roles: [] };
    const json = { accessToken, refreshToken: family.current, expiresIn: this.life ?? undefined, user };
    return { status: 200, headers: {}, json };
  }
}
