import { type AuthProvider, type SessionEngine, createSessionEngine, memoryStore } from 'ngx-latchkey/core';
import { FakeLock } from '../../../ngx-latchkey/testing-support/fake-lock';
import { nodeTransport } from '../../harness/node-transport';

/** Pages of one browser: they share the storage, the lock and what they tell each other. */
export function tabsOfOneBrowser(count: number, provider: () => AuthProvider): readonly SessionEngine[] {
  const clock = {
    now: () => Date.now(),
    after(delay: number, task: () => void) {
      const timer = setTimeout(task, delay);
      return () => {
        clearTimeout(timer);
      };
    },
  };
  const [store, lock] = [memoryStore(), new FakeLock(clock)];
  const listeners: (() => void)[] = [];
  return Array.from({ length: count }, () => {
    const heard: (() => void)[] = [];
    const engine = createSessionEngine(provider(), {
      clock,
      store,
      lock,
      transport: nodeTransport(),
      channel: {
        announce: () => {
          for (const listener of listeners.filter(other => !heard.includes(other))) listener();
        },
        listen(listener) {
          heard.push(listener);
          listeners.push(listener);
          return () => {
            listeners.splice(listeners.indexOf(listener), 1);
          };
        },
      },
      attention: { visible: () => true, online: () => true, listen: () => () => undefined },
      random: () => Math.random(),
      uniqueId: () => crypto.randomUUID(),
    });
    engine.start();
    return engine;
  });
}
