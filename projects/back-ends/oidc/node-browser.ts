import {
  type AuthProvider,
  type RecordStore,
  type RedirectFlow,
  type SessionEngine,
  type SessionEvent,
  type Transport,
  createSessionEngine,
  memoryStore,
  redirectFlow,
} from 'ngx-latchkey/core';
import { Browser } from '../../auth-server/spec/support/browser.js';
import { nodeTransport } from '../harness/node-transport';
import { APPLICATION } from './application-url';
import { type NodePage, nodePage, nodeStorage } from './node-page';
import { signInByForms } from './sign-in-by-forms';

export { APPLICATION };

/** One page of the application: the real engine and the real way there and back. */
export interface OpenPage {
  readonly page: NodePage;
  readonly engine: SessionEngine;
  readonly flow: RedirectFlow;
  readonly events: readonly SessionEvent[];
  /** Resolves when a sign-in with which the page was opened is through; rejects with its error. */
  readonly arrival: Promise<void> | undefined;
  /** Goes to where users sign in; the URL of that. */
  leave(input?: object): Promise<string>;
  /** Logs out; where the page goes to, if anywhere. */
  logout(): Promise<string | undefined>;
}

/** A browser as its pages share it: the kept session, the sign-ins under way, the lock between tabs, the cookies and the time. */
export class NodeBrowser {
  readonly store: RecordStore = memoryStore();
  readonly storage = nodeStorage();
  /** The cookies of the servers that pages were led to. */
  readonly cookies = new Browser();
  /** How far the clock of this machine is ahead, in milliseconds. */
  ahead = 0;
  readonly #transport: Transport;
  readonly #open = new Set<{ readonly engine: SessionEngine; readonly heard: (() => void)[] }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport = nodeTransport()) {
    this.#transport = transport;
  }

  open(provider: AuthProvider, at = APPLICATION): OpenPage {
    const page = nodePage(at, this.storage, () => this.#now());
    const events: SessionEvent[] = [];
    const heard: (() => void)[] = [];
    const engine = this.#engine(provider, heard);
    engine.listen(event => {
      if (event !== null) events.push(event);
    });
    const flow = redirectFlow(page);
    const arrival = flow.arrive(provider, engine);
    engine.start(arrival);
    this.#open.add({ engine, heard });
    return {
      page,
      engine,
      flow,
      events,
      arrival,
      async leave(input = {}) {
        const departure = flow.depart(input);
        const outcome = await engine.signIn(input);
        if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
        void departure.go(outcome, provider, engine);
        return page.left.at(-1) ?? '';
      },
      async logout() {
        const { record } = engine.state();
        const go = record && flow.signOut(provider, record.held, undefined);
        await engine.end('user');
        go?.();
        return go ? page.left.at(-1) : undefined;
      },
    };
  }

  /** Signs in as a person does: leaves the application, fills in the form, and comes back to a page that is new. */
  async signIn(provider: AuthProvider, input: object = {}, username = 'ada'): Promise<OpenPage> {
    const url = await this.open(provider).leave(input);
    const back = await signInByForms(url, APPLICATION, username, this.cookies);
    const arrived = this.open(provider, back.href);
    await arrived.arrival;
    return arrived;
  }

  /** Ends the timers of all pages. */
  close(): void {
    for (const { engine } of this.#open) engine.dispose();
  }

  #now(): number {
    return Date.now() + this.ahead;
  }

  #engine(provider: AuthProvider, heard: (() => void)[]): SessionEngine {
    return createSessionEngine(provider, {
      store: this.store,
      transport: this.#transport,
      clock: {
        now: () => this.#now(),
        after(delay, task) {
          const timer = setTimeout(task, delay);
          return () => {
            clearTimeout(timer);
          };
        },
      },
      lock: { sure: true, exclusive: task => this.#inTurn(task) },
      channel: {
        announce: () => {
          for (const other of this.#open) {
            if (other.heard !== heard) for (const look of other.heard) queueMicrotask(look);
          }
        },
        listen(look) {
          heard.push(look);
          return () => {
            heard.splice(heard.indexOf(look), 1);
          };
        },
      },
      attention: { visible: () => true, online: () => true, listen: () => () => undefined },
      random: () => Math.random(),
      uniqueId: () => crypto.randomUUID(),
    });
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(task, task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
