import type { BrowserContext } from '@playwright/test';
import { type Fault, addFault } from '../e2e/support/auth-server-admin';
import type { Disturbance, Ending } from './log-entry';
import { SoakTab } from './soak-tab';

const TABS = 5;

/** What may go wrong at the server. */
const FAULTS: readonly Fault[] = [
  { on: 'refresh', kind: 'drop' },
  { on: 'refresh', kind: 'status', status: 500 },
  { on: 'refresh', kind: 'status', status: 503, retryAfter: 2 },
  { on: 'refresh', kind: 'status', status: 429, retryAfter: 1 },
  { on: 'refresh', kind: 'html' },
  { on: 'refresh', kind: 'redirect' },
  { on: 'refresh', kind: 'delay', delay: 3_000 },
  { on: 'refresh', kind: 'hang' },
  { on: 'api', kind: 'status', status: 500, times: 3 },
  { on: 'api', kind: 'drop' },
];

/** A person with five tabs and bad luck, the same for the same random numbers. */
export class Driver {
  readonly disturbances: Disturbance[] = [];
  readonly endings: Ending[] = [];
  readonly done = new Map<string, number>();
  private readonly tabs: SoakTab[] = [];
  private readonly context: BrowserContext;
  private readonly server: string;
  private readonly url: string;
  private readonly random: () => number;

  constructor(context: BrowserContext, server: string, url: string, random: () => number) {
    this.context = context;
    this.server = server;
    this.url = url;
    this.random = random;
  }

  async run(until: number): Promise<void> {
    while (this.tabs.length < TABS) this.tabs.push(await SoakTab.open(this.context, this.url));
    await this.signIn();
    while (Date.now() < until) await this.step();
    await this.listen();
  }

  /** One thing that happens, and the pause after it. */
  private async step(): Promise<void> {
    const tab = this.any(this.tabs);
    const dice = this.random();
    // What fails here fails because of what was done to the page; the server's log is what counts.
    await this.act(tab, dice).catch(() => undefined);
    await this.listen();
    await this.signIn().catch(() => undefined);
    await pause(this.random() * 400);
  }

  private async act(tab: SoakTab, dice: number): Promise<void> {
    if (dice < 0.5) return this.note('call', tab.call(this.server, 1));
    if (dice < 0.74) return this.note('burst', Promise.all(this.tabs.map(each => each.call(this.server, 8))));
    if (dice < 0.79) return this.note('fault', addFault(this.server, this.any(FAULTS)));
    if (dice < 0.86)
      return this.note(
        'reload',
        this.disturb('reload', () => tab.load()),
      );
    if (dice < 0.9)
      return this.note(
        'crash',
        this.disturb('crash', () => this.crash(tab)),
      );
    if (dice < 0.94)
      return this.note(
        'close and open',
        this.disturb('close', () => this.replace(tab)),
      );
    if (dice < 0.97)
      return this.note(
        'offline',
        this.disturb('offline', () => this.offline()),
      );
    return this.note('logout', tab.logout());
  }

  private async crash(tab: SoakTab): Promise<void> {
    // The navigation never comes to an end: its page is gone.
    await tab.page.goto('chrome://crash', { timeout: 2_000 }).catch(() => undefined);
    await this.replace(tab);
  }

  private async replace(tab: SoakTab): Promise<void> {
    await tab.page.close().catch(() => undefined);
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    this.tabs.push(await SoakTab.open(this.context, this.url));
  }

  private async offline(): Promise<void> {
    await this.context.setOffline(true);
    await pause(500 + this.random() * 3_000);
    await this.context.setOffline(false);
  }

  /** What was on its way to a page at the beginning or the end of this may have arrived nowhere. */
  private async disturb(what: string, task: () => Promise<void>): Promise<void> {
    this.disturbances.push({ at: Date.now(), what });
    await task();
    this.disturbances.push({ at: Date.now(), what });
  }

  private async listen(): Promise<void> {
    for (const tab of this.tabs) this.endings.push(...(await tab.endings().catch(() => [])));
  }

  /** Signs in again where a session is over, as a person would. */
  private async signIn(): Promise<void> {
    const [first] = this.tabs;
    if (first === undefined) return;
    const phase = await first.phase();
    if (phase === 'ended' || phase === 'anonymous') await first.login();
  }

  private async note(what: string, work: Promise<unknown>): Promise<void> {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
    await work;
  }

  private any<Thing>(things: readonly Thing[]): Thing {
    return things[Math.floor(this.random() * things.length)] as Thing;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
