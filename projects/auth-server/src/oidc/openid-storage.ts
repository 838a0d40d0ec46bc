import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '../clock.js';
import type { TokenPolicy } from '../settings.js';

/** What is kept of one token, grant or browser session. */
export interface Kept {
  readonly model: string;
  readonly id: string;
  readonly payload: AdapterPayload;
  /** Server's time, milliseconds, as `expiresAt` and `usedAt`. */
  readonly keptAt: number;
  readonly expiresAt: number;
  /** How far the server's clock was ahead of the real one when this was kept, in milliseconds. */
  readonly ahead: number;
  readonly usedAt?: number;
}

const TIMES = ['iat', 'exp', 'loginTs', 'authTime'] as const;

/** What a login leaves behind, and what its end takes with it. */
const OF_A_LOGIN: readonly string[] = [
  'Session',
  'Grant',
  'AuthorizationCode',
  'AccessToken',
  'RefreshToken',
  'CookieSession',
];

/**
 * Everything the issuer remembers, in memory. `oidc-provider` reckons in real time; here things grow old by the server's clock,
 * so that a skewed clock and a test's own time end tokens here as they do everywhere else.
 */
export class OpenIdStorage {
  readonly #kept = new Map<string, Kept>();
  readonly #clock: Clock;
  readonly #policy: () => TokenPolicy;

  constructor(clock: Clock, policy: () => TokenPolicy) {
    this.#clock = clock;
    this.#policy = policy;
  }

  /** `lifetime` in seconds. */
  put(model: string, id: string, payload: AdapterPayload, lifetime: number): void {
    const now = this.#clock.now();
    for (const [key, { expiresAt }] of this.#kept) if (expiresAt <= now) this.#kept.delete(key);
    const expiresAt = now + lifetime * 1000;
    this.#kept.set(`${model}:${id}`, { model, id, payload, keptAt: now, expiresAt, ahead: now - Date.now() });
  }

  find(model: string, id: string): AdapterPayload | undefined {
    const kept = this.#kept.get(`${model}:${id}`);
    return kept === undefined || kept.expiresAt <= this.#clock.now() ? undefined : this.#asOfNow(kept);
  }

  findByUid(model: string, uid: string): AdapterPayload | undefined {
    const kept = this.all(model).find(({ payload }) => payload.uid === uid);
    return kept === undefined ? undefined : this.#asOfNow(kept);
  }

  /** Notes the first use only: the overlap counts from it. */
  use(model: string, id: string): void {
    const kept = this.#kept.get(`${model}:${id}`);
    if (kept === undefined) return;
    this.#kept.set(`${model}:${id}`, { ...kept, usedAt: kept.usedAt ?? this.#clock.now() });
  }

  remove(model: string, id: string): void {
    this.#kept.delete(`${model}:${id}`);
  }

  removeWhere(matches: (kept: Kept) => boolean): void {
    for (const [key, kept] of this.#kept) if (matches(kept)) this.#kept.delete(key);
  }

  /** What of one model has not expired, oldest first. */
  all(model: string): readonly Kept[] {
    const now = this.#clock.now();
    return [...this.#kept.values()].filter(kept => kept.model === model && kept.expiresAt > now);
  }

  /** Ends all logins, or those of one user; answers how many grants that were. */
  endAll(userId?: string): number {
    const isMeant = ({ model, payload }: Kept): boolean =>
      OF_A_LOGIN.includes(model) && (userId === undefined || payload.accountId === userId);
    const ended = this.all('Grant').filter(isMeant).length;
    this.removeWhere(isMeant);
    return ended;
  }

  /** Ends one login: its grant with all that came of it, and the sign-in of the browser that it began in. */
  endLogin(grantId: string, sessionUid: string | undefined): void {
    this.removeWhere(
      ({ model, id, payload }) =>
        payload.grantId === grantId ||
        (model === 'Grant' && id === grantId) ||
        (model === 'Session' && payload.uid === sessionUid),
    );
  }

  /** Makes every access token issued so far worthless; refresh tokens live on. */
  expireAccess(userId?: string): void {
    this.removeWhere(
      ({ model, payload }) =>
        model === 'AccessToken' && (userId === undefined || payload.accountId === userId),
    );
  }

  clear(): void {
    this.#kept.clear();
  }

  /** With its times moved by what the server's clock has gained on the real one since. */
  #asOfNow(kept: Kept): AdapterPayload {
    const gained = Math.round((this.#clock.now() - Date.now() - kept.ahead) / 1000);
    const aged: AdapterPayload = structuredClone(kept.payload);
    for (const name of TIMES) if (aged[name] !== undefined) aged[name] -= gained;
    return this.#isUsedUp(kept) ? { ...aged, consumed: true } : aged;
  }

  /** With `grace`, a refresh token may be repeated for the overlap's length; it then gets a successor of its own. */
  #isUsedUp({ model, usedAt }: Kept): boolean {
    if (usedAt === undefined) return false;
    const { rotation, overlap } = this.#policy();
    if (model !== 'RefreshToken' || rotation === 'strict') return true;
    return this.#clock.now() - usedAt > overlap * 1000;
  }
}
