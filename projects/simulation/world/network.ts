import type { Transport, WireAnswer, WireRequest } from 'ngx-latchkey/core';
import type { AuthServer } from './auth-server';
import type { Chance } from './chance';
import type { Page } from './page';
import { type RefreshUse, isUnderWay } from './refresh-use';
import type { VirtualTime } from './virtual-time';

/** How the next refresh goes wrong, on the way there or on the way back. */
export const TROUBLES = [
  'unreachable',
  'busy',
  'busy-for-a-while',
  'rate-limited',
  'gateway-page',
  'portal-page',
  'forbidden-page',
  'lost-answer',
  'lost-in-gateway',
  'late-answer',
  'no-answer',
] as const;
export type Trouble = (typeof TROUBLES)[number];

const PAGE = { headers: { 'content-type': 'text/html' }, json: undefined };
const BEFORE: Partial<Record<Trouble, WireAnswer>> = {
  busy: { status: 503, headers: {}, json: {} },
  'busy-for-a-while': { status: 503, headers: { 'retry-after': '40' }, json: {} },
  'rate-limited': { status: 429, headers: { 'retry-after': '90' }, json: { error: 'slow_down' } },
  'gateway-page': { status: 503, ...PAGE },
  'portal-page': { status: 200, ...PAGE },
  'forbidden-page': { status: 403, ...PAGE },
};

/** What is between the tabs and the server. */
export class Network {
  online = true;
  /** Milliseconds one way. */
  latency = 20;
  readonly troubles: Trouble[] = [];
  readonly uses: RefreshUse[] = [];
  sending: (request: WireRequest, page: Page) => void = () => undefined;
  using: (use: RefreshUse) => void = () => undefined;
  met: (trouble: Trouble) => void = () => undefined;
  private readonly time: VirtualTime;
  private readonly chance: Chance;
  private readonly server: AuthServer;
  private readonly failure: (code: string) => Error;

  constructor(time: VirtualTime, chance: Chance, server: AuthServer, failure: (code: string) => Error) {
    this.time = time;
    this.chance = chance;
    this.server = server;
    this.failure = failure;
  }

  /** The network as one page has it. `forced` tells whether a refresh of this moment was asked for. */
  transportOf(page: Page, forced: () => boolean): Transport {
    return (request, deadline) =>
      new Promise((resolve, reject) => {
        this.sending(request, page);
        const use = this.noteUse(request, page, forced);
        const close = (learned: 'nothing' | number): void => {
          stopTimer();
          if (use === null) return;
          use.closedAt ??= this.time.now;
          use.learned = learned;
        };
        const fail = (code: string): void =>
          page.run(() => {
            close('nothing');
            reject(this.failure(code));
          });
        const stopTimer = page.clock.after(deadline, () => fail('no-answer'));
        if (!this.online) {
          this.time.after(0, () => fail('unreachable'));
          return;
        }
        const trouble = use === null ? undefined : this.troubles.shift();
        if (trouble !== undefined) this.met(trouble);
        this.carry(request, use, trouble, answer => {
          if (answer === null) fail('unreachable');
          else
            page.run(() => {
              if (use?.closedAt === null) {
                use.retryAfter = Number(answer.headers['retry-after'] ?? 0);
                use.genuine = answer.json !== undefined;
              }
              if (use?.closedAt == null) close(answer.status);
              resolve(answer);
            });
        });
      });
  }

  private carry(
    request: WireRequest,
    use: RefreshUse | null,
    trouble: Trouble | undefined,
    back: (answer: WireAnswer | null) => void,
  ): void {
    const way = Math.round(this.latency * (0.5 + this.chance.number()));
    const there = trouble === 'late-answer' ? 10_500 : way;
    this.time.after(there, () => {
      if (trouble === 'no-answer') return;
      if (trouble === 'unreachable') {
        back(null);
        return;
      }
      const instead = trouble && BEFORE[trouble];
      const answer = instead ?? this.server.answer(request);
      if (use !== null && answer.status === 200 && instead === undefined) {
        use.successor = (answer.json as { refreshToken: string }).refreshToken;
      }
      this.time.after(way, () => {
        if (trouble === 'lost-answer' || !this.online) {
          back(null);
          return;
        }
        const date = new Date(this.time.now).toUTCString();
        back(
          trouble === 'lost-in-gateway'
            ? { status: 504, ...PAGE }
            : { ...answer, headers: { ...answer.headers, date } },
        );
      });
    });
  }

  private noteUse(request: WireRequest, page: Page, forced: () => boolean): RefreshUse | null {
    if (!request.url.endsWith('/auth/refresh')) return null;
    const use: RefreshUse = {
      secret: (request.json as { refreshToken: string }).refreshToken,
      page,
      sentAt: this.time.now,
      forced: forced(),
      closedAt: null,
      learned: 'nothing',
      genuine: false,
      retryAfter: 0,
      successor: null,
      stalled: false,
    };
    this.using(use);
    this.uses.push(use);
    return use;
  }

  /** A page stands still: what it waits for is out of its sight. */
  stall(page: Page): void {
    for (const use of this.uses) if (use.page === page && isUnderWay(use)) use.stalled = true;
  }
}
