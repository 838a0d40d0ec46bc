import {
  type AuthProvider,
  type RecordStore,
  type SessionEngine,
  type SessionEvent,
  type TokenSource,
  type Transport,
  createSessionEngine,
  memoryStore,
} from 'ngx-latchkey/core';
import { nodeTransport } from './node-transport';

/** One page with the real engine, without a browser: the real time, real requests, a storage that can be shared. */
export interface NodeTab {
  readonly engine: SessionEngine;
  readonly events: readonly SessionEvent[];
  /** The user looks at the page again. */
  comeBack(): void;
  /** Ends its timers. */
  close(): void;
}

/** What a page may share with another. */
export interface NodeTabParts {
  /** With cookies of its own, unless it is given those of another. */
  readonly transport?: Transport;
  /** Ends a sign-in elsewhere, from which the user just comes back. */
  readonly arrive?: (engine: SessionEngine) => Promise<unknown> | undefined;
}

/**
 * Opens a page.
 *
 * @param store give a second page the store of the first: it is a reload then
 */
export function nodeTab(
  provider: AuthProvider,
  store: RecordStore = memoryStore(),
  { transport = nodeTransport(), arrive }: NodeTabParts = {},
): NodeTab {
  const events: SessionEvent[] = [];
  const { session } = provider;
  const create =
    session.kind === 'delegated' ? (session.run as typeof createSessionEngine) : createSessionEngine;
  let comeBack = (): void => undefined;
  const engine = create(provider, {
    store,
    transport,
    clock: {
      now: () => Date.now(),
      after(delay, task) {
        const timer = setTimeout(task, delay);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    lock: { sure: true, exclusive: task => task() },
    channel: { announce: () => undefined, listen: () => () => undefined },
    attention: {
      visible: () => true,
      online: () => true,
      listen(back) {
        comeBack = back;
        return () => undefined;
      },
    },
    random: () => Math.random(),
    uniqueId: () => crypto.randomUUID(),
  });
  engine.listen(event => {
    if (event !== null) events.push(event);
  });
  engine.start(arrive?.(engine));
  return {
    engine,
    events,
    comeBack() {
      comeBack();
    },
    close() {
      engine.dispose();
    },
  };
}

/** The tokens of an engine, as realtime clients take them. */
export function engineTokenSource(engine: SessionEngine): TokenSource {
  return {
    async token() {
      return (await engine.token())?.held.token ?? null;
    },
    watch(changed) {
      let last = engine.state().record?.held.token ?? null;
      return engine.listen((_event, state) => {
        const token = state.record?.held.token ?? null;
        if (token === last) return;
        last = token;
        changed(token);
      });
    },
  };
}
