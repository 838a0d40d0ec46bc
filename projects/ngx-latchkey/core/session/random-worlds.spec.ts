import type { SessionEvent } from 'ngx-latchkey/core';
import { EngineWorld, type Tab } from '../../testing-support/engine-world';
import { settle } from '../../testing-support/fake-clock';
import { StrictServer, type Trouble } from '../../testing-support/strict-server';

const WORLDS = 600;
const STEPS = 40;

/** Numbers from 0 up to, not including, 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function isRefusedEnd(event: SessionEvent): boolean {
  return event.type === 'ended' && event.reason === 'refused';
}

/** A browser whose tabs, users and server do as they like, and what must be so whatever they do. */
class RandomWorld {
  readonly story: string[] = [];
  private readonly world = new EngineWorld();
  private readonly server = new StrictServer(this.world.clock);
  private readonly tabs: Tab[] = [];
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
    this.world.transport = this.server.transport;
    const { read, change } = this.world.store;
    this.world.store = {
      // What was read may be old by the time it is looked at.
      read: () => read().then(record => this.hesitate().then(() => record)),
      change: decide => this.hesitate().then(() => change(decide)),
    };
    this.server.latency = this.pick([0, 50, 2_000]);
    for (let count = this.pick([1, 2, 3]); count > 0; count -= 1) this.openTab();
  }

  async step(): Promise<void> {
    const tab = this.pick(this.tabs);
    const user = this.pick(['ada', 'ada', 'grace']);
    const trouble = this.pick<Trouble>(['busy', 'unreachable', 'lost']);
    const span = this.pick([100, 5_000, 20_000, 61_000, 400_000]);
    const actions: Readonly<Record<string, () => void>> = {
      [`${user} signs in`]: () => void tab.signIn(user).catch(() => undefined),
      'asks for a token': () => void this.ask(tab),
      'asks for another token': () => void this.ask(this.pick(this.tabs)),
      refreshes: () => void tab.engine.refresh().catch(() => undefined),
      'has its token rejected': () => this.reject(tab),
      [`${trouble} comes`]: () => this.server.troubles.push(trouble),
      'is shown or hidden': () => {
        this.world.visible = !this.world.visible;
        this.world.wake();
      },
      ...(this.random() < 0.2 && {
        'is opened': () => {
          this.openTab();
        },
      }),
      ...(this.random() < 0.1 && {
        'is revoked': () => {
          this.server.revoke();
        },
      }),
    };
    if (this.random() < 0.1) return this.logOut(tab);
    const [name, act] = this.pick(Object.entries(actions));
    this.story.push(`${this.tabs.indexOf(tab)} ${name}, ${span} ms pass`);
    act();
    await this.world.clock.advance(span);
    await this.mustBeSo();
  }

  /** Lets everything come to an end, and then asks again. */
  async rest(): Promise<void> {
    this.server.troubles = [];
    await this.world.clock.advance(4_000_000);
    await this.mustBeSo();
    const record = await this.world.store.read();
    const kept = record?.ended === undefined ? record?.sid : undefined;
    for (const { engine } of this.tabs) {
      const { record: own, endReason } = engine.state();
      // A page that was made for one user does not go on as another.
      if (endReason !== 'account-switch') expect(own?.sid).withContext(this.told).toBe(kept);
    }
  }

  get told(): string {
    return this.story.join('\n');
  }

  private openTab(): void {
    const tab = this.world.tab();
    tab.engine.start();
    this.tabs.push(tab);
  }

  private async logOut(tab: Tab): Promise<void> {
    this.story.push(`${this.tabs.indexOf(tab)} logs out`);
    await tab.engine.settled();
    if (this.random() < 0.5) this.world.wake();
    const sid = tab.engine.state().record?.sid;
    void tab.engine.end('user');
    await settle();
    if (sid === undefined) return;
    for (const { engine } of this.tabs)
      expect(engine.state().record?.sid).withContext(this.told).not.toBe(sid);
    const kept = await this.world.store.read();
    expect(kept?.sid === sid && kept.ended === undefined)
      .withContext(this.told)
      .toBe(false);
  }

  /** Whoever asks gets a token of the user that the tab shows, or an error, and never waits for ever. */
  private async ask({ engine }: Tab): Promise<void> {
    const asked = engine.state().record?.held.user?.id;
    const begun = this.world.clock.now();
    const token = await engine.token().catch(() => null);
    expect(this.world.clock.now() - begun)
      .withContext(this.told)
      .toBeLessThanOrEqual(15_000);
    if (token === null || asked === undefined) return;
    expect(token.held.user?.id).withContext(this.told).toBe(asked);
  }

  private reject({ engine }: Tab): void {
    const token = engine.usable();
    if (token === null) return;
    const { sid, generation } = token;
    void engine.rejected({ sid, generation, proven: true, replayed: false }).then(fresh => {
      if (fresh === null) return;
      expect(fresh.sid).withContext(this.told).toBe(sid);
      expect(fresh.generation).withContext(this.told).toBeGreaterThan(generation);
    });
  }

  private async mustBeSo(): Promise<void> {
    expect(this.server.offences).withContext(this.told).toEqual([]);
    expect(this.server.refreshes).withContext(this.told).toBeLessThan(1_000);
    // One refusal ends one session; nothing else that a server does may end any.
    const refused = this.tabs.flatMap(({ events }) => events.filter(isRefusedEnd));
    const mostPerRefusal = this.tabs.length;
    expect(refused.length)
      .withContext(this.told)
      .toBeLessThanOrEqual(this.server.refusals * mostPerRefusal);
    const kept = await this.world.store.read();
    for (const { engine } of this.tabs) {
      const { record } = engine.state();
      if (record === null) expect(engine.usable()).withContext(this.told).toBeNull();
      else if (kept?.sid === record.sid)
        expect(record.generation).withContext(this.told).toBeLessThanOrEqual(kept.generation);
    }
  }

  private async hesitate(): Promise<void> {
    for (let turns = Math.floor(this.random() * 8); turns > 0; turns -= 1) await Promise.resolve();
  }

  private pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.random() * choices.length)] as Choice;
  }
}

describe('The engine in random worlds', () => {
  for (let hundred = 0; hundred < WORLDS / 100; hundred += 1) {
    it(`keeps its promises, worlds ${hundred * 100} to ${hundred * 100 + 99}`, async () => {
      for (let seed = hundred * 100; seed < hundred * 100 + 100; seed += 1) {
        const world = new RandomWorld(seed);
        world.story.push(`seed ${seed}`);
        for (let step = 0; step < STEPS; step += 1) await world.step();
        await world.rest();
      }
    }, 60_000);
  }
});
