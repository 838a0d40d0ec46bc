import { AuthError, type Transport, type WireAnswer } from 'ngx-latchkey/core';
import type { FakeClock } from './fake-clock';
import { json } from './scripted-server';

interface Family {
  readonly user: string;
  over: boolean;
}

/** How the next answer goes wrong. */
export type Trouble = 'busy' | 'unreachable' | 'lost';

/**
 * A server that rotates strictly: a refresh token is good once, and the second time ends its family. It takes its time, and
 * notes whatever a client must not do.
 */
export class StrictServer {
  /** What a client must never do, as sentences. */
  readonly offences: string[] = [];
  refreshes = 0;
  /** How often it said no for good. */
  refusals = 0;
  troubles: Trouble[] = [];
  latency = 0;
  private readonly clock: FakeClock;
  private readonly families = new Map<string, Family>();
  private readonly current = new Map<Family, string>();
  private readonly lost = new Set<string>();
  private readonly underWay = new Set<string>();
  private issued = 0;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  /** Ends all sessions. */
  revoke(): void {
    for (const family of this.families.values()) family.over = true;
  }

  readonly transport: Transport = async request => {
    const path = new URL(request.url).pathname;
    const { refreshToken = '', username = '' } = request.json as Record<string, string>;
    if (path === '/auth/refresh') {
      this.refreshes += 1;
      if (this.underWay.has(refreshToken)) this.offences.push(`${refreshToken} was sent twice at a time`);
      this.underWay.add(refreshToken);
    }
    await this.pass(this.latency);
    const answer = this.answer(path, refreshToken, username);
    await this.pass(this.latency);
    this.underWay.delete(refreshToken);
    if (answer === undefined) throw new AuthError({ failure: 'not-now', code: 'unreachable' });
    return answer;
  };

  private answer(path: string, refreshToken: string, username: string): WireAnswer | undefined {
    if (path === '/auth/login') return this.grant({ user: username, over: false });
    const family = this.families.get(refreshToken);
    if (path === '/auth/logout') {
      if (family) family.over = true;
      return json(204, undefined);
    }
    const trouble = this.troubles.shift();
    if (trouble === 'busy') return json(503, {});
    if (trouble === 'unreachable') return undefined;
    if (family === undefined || family.over) return this.refuse();
    if (this.current.get(family) !== refreshToken) {
      if (!this.lost.has(refreshToken)) this.offences.push(`${refreshToken} was sent again after its answer`);
      family.over = true;
      return this.refuse();
    }
    const answer = this.grant(family);
    if (trouble !== 'lost') return answer;
    this.lost.add(refreshToken);
    return undefined;
  }

  private refuse(): WireAnswer {
    this.refusals += 1;
    return json(401, { error: 'invalid_grant' });
  }

  private grant(family: Family): WireAnswer {
    this.issued += 1;
    const refreshToken = `${family.user}-refresh-${this.issued}`;
    this.families.set(refreshToken, family);
    this.current.set(family, refreshToken);
    const user = { id: family.user, roles: [] };
    return json(200, {
      accessToken: `${family.user}-access-${this.issued}`,
      refreshToken,
      expiresIn: 60,
      user,
    });
  }

  private pass(span: number): Promise<void> {
    return span === 0 ? Promise.resolve() : new Promise(resolve => this.clock.after(span, resolve));
  }
}
