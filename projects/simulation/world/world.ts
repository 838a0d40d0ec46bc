import type { EngineLibrary } from '../engine/load-engine';
import { AuthServer } from './auth-server';
import { BrokenPromise, type Invariant } from './broken-promise';
import { Chance } from './chance';
import type { Command, Setup } from './command';
import { Database } from './database';
import { Ledger } from './ledger';
import { Network } from './network';
import { observeWorld } from './observe-world';
import { openTab } from './open-tab';
import { type ComputerClock, Page } from './page';
import { act } from './act';
import { rest } from './rest';
import type { ApiCall, Tab, TabObserver } from './tab';
import { TabChannel } from './tab-channel';
import { TabLocks } from './tab-locks';
import { VirtualTime } from './virtual-time';

/** What may come of it that a tab trusts its memory because the storage fails, and that is not the newest. */
const FOLLOWS_MEMORY: ReadonlySet<Invariant> = new Set(['I1', 'I3', 'I4', 'I7']);

/** One browser with its tabs, the computer it runs on, the network and the server, all of them made of plain data and one time. */
export class World {
  readonly time = new VirtualTime();
  readonly ledger = new Ledger();
  readonly computer: ComputerClock;
  readonly chance: Chance;
  readonly server: AuthServer;
  readonly network: Network;
  readonly database: Database;
  readonly locks: TabLocks;
  readonly channel: TabChannel;
  readonly observer: TabObserver;
  readonly tabs: Tab[] = [];
  /** Whether what must not happen has happened for a reason that is accepted; what follows from that says nothing. */
  excused = false;
  readonly setup: Setup;
  readonly library: EngineLibrary;
  private readonly check: () => void;
  private broken: BrokenPromise | null = null;
  private names = 0;
  private opened = 0;

  constructor(library: EngineLibrary, setup: Setup) {
    this.library = library;
    this.setup = setup;
    library.simulatedTimers.set = (task, delay) => Page.running?.clock.after(delay, task);
    library.simulatedTimers.clear = stop => {
      (stop as (() => void) | undefined)?.();
    };
    this.covers = library.compileUrlRules(
      ['https://api.test'],
      'https://app.test',
      () => 'https://app.test/',
    );
    const failure = (code: string): Error => library.authError('not-now', code);
    this.computer = { offset: setup.clockAhead };
    this.chance = new Chance(setup.seed);
    this.server = new AuthServer(this.time, setup.rotation === 'strict');
    this.server.life = setup.life;
    this.network = new Network(this.time, this.chance, this.server, failure);
    this.network.latency = setup.latency;
    this.database = new Database(this.time, this.chance);
    this.database.slowness = setup.slowness;
    this.locks = new TabLocks(setup.locks, failure);
    this.channel = new TabChannel(this.time, this.chance, setup.delivery);
    const { observer, check } = observeWorld(this);
    this.observer = observer;
    this.check = check;
    for (let count = 0; count < setup.tabs; count += 1) this.open();
  }

  /** Carries a script out; rejects with the first promise that is broken. */
  async run(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      this.ledger.count(`action ${command.do}`);
      act(this, command);
      await this.pass(command.then);
    }
    await rest(this);
    for (const tab of this.tabs) tab.engine.dispose();
  }

  pass(span: number): Promise<void> {
    return this.time.advance(span, () => {
      this.check();
      if (this.broken) throw this.broken;
    });
  }

  open(): void {
    this.opened += 1;
    this.tabs.push(openTab(this, this.opened));
  }

  /** The tab goes away with all that is under way in it. */
  close(tab: Tab): void {
    tab.page.gone = true;
    // What it alone knew, because the storage did not take it, is gone with it.
    if (this.locks.holdsMemory(tab.page)) this.excused = true;
    this.locks.release(tab.page);
    this.channel.forget(tab.page);
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  /** Notes a promise that is broken; the world ends with it as soon as the engine has come to rest. */
  demand(invariant: Invariant, broken: string | undefined): void {
    if (broken === undefined || this.excused) return;
    if ((this.database.outlasted || this.locks.divided) && FOLLOWS_MEMORY.has(invariant)) return;
    this.broken ??= new BrokenPromise(invariant, broken);
  }

  nextName(): string {
    this.names += 1;
    return `name-${this.names}`;
  }

  /** Whether a request to the URL carries the token. */
  readonly covers: (url: string) => boolean;

  readonly api: ApiCall = (page, token) =>
    new Promise(resolve => {
      const way = this.network.latency;
      this.time.after(way, () => {
        // Without a network the request fails in a way that is none of the engine's business.
        const taken = !this.network.online || this.server.apiUser(token) !== null;
        this.time.after(way, () => page.run(() => resolve(taken)));
      });
    });
}
