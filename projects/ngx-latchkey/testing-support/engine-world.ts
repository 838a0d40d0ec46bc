import {
  type AuthProvider,
  type RecordStore,
  type SessionEvent,
  type SessionPorts,
  type SessionEngine,
  createSessionEngine,
  memoryStore,
} from 'ngx-latchkey/core';
import { jwtServer } from 'ngx-latchkey';
import { FakeClock } from './fake-clock';
import { FakeLock } from './fake-lock';
import { ScriptedServer } from './scripted-server';

/** One browser: what its tabs share, and the server they talk to. */
export class EngineWorld {
  readonly clock = new FakeClock();
  readonly server = new ScriptedServer();
  store: RecordStore = memoryStore();
  transport = this.server.transport;
  visible = true;
  random = 0.5;
  readonly lock = new FakeLock(this.clock);
  private readonly ears = new Set<() => void>();
  private readonly wakers = new Set<() => void>();
  private readonly leavers = new Set<() => void>();
  online = true;
  /** Pages that are frozen hear nothing of the others. */
  private deaf = false;
  private names = 0;

  tab(provider: AuthProvider = jwtServer({ url: 'https://auth.test' })): Tab {
    const { session } = provider;
    const create =
      session.kind === 'delegated' ? (session.run as typeof createSessionEngine) : createSessionEngine;
    return new Tab(create(provider, this.ports()));
  }

  /** The page is shown, woken up or online again. */
  wake(): void {
    this.deaf = false;
    for (const waker of this.wakers) waker();
  }

  /** The pages are frozen, or left for another with a way back. */
  leave(): void {
    this.deaf = true;
    for (const leaver of this.leavers) leaver();
  }

  private ports(): SessionPorts {
    let own: () => void = () => undefined;
    return {
      clock: this.clock,
      store: { read: () => this.store.read(), change: decide => this.store.change(decide) },
      lock: this.lock,
      channel: {
        announce: () => {
          for (const ear of this.deaf ? [] : this.ears) if (ear !== own) queueMicrotask(ear);
        },
        listen: heard => {
          own = heard;
          this.ears.add(heard);
          return () => this.ears.delete(heard);
        },
      },
      transport: (request, deadline) => this.transport(request, deadline),
      attention: {
        visible: () => this.visible,
        online: () => this.online,
        listen: (woken, left) => {
          this.wakers.add(woken);
          this.leavers.add(left);
          return () => {
            this.wakers.delete(woken);
            this.leavers.delete(left);
          };
        },
      },
      random: () => this.random,
      uniqueId: () => `session-${String((this.names += 1))}`,
    };
  }
}

export class Tab {
  readonly events: SessionEvent[] = [];
  readonly engine: SessionEngine;

  constructor(engine: SessionEngine) {
    this.engine = engine;
    engine.listen(event => {
      if (event !== null) this.events.push(event);
    });
  }

  get phase(): string {
    return this.engine.state().phase;
  }

  count(type: SessionEvent['type']): number {
    return this.events.filter(event => event.type === type).length;
  }

  async signIn(username = 'ada'): Promise<void> {
    await this.engine.signIn({ username, password: 'secret' });
  }
}
