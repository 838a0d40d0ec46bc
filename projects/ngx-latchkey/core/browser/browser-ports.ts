import type { Clock, SessionPorts } from '../session/ports';
import { fetchTransport } from './fetch-transport';
import { indexedDbStore } from './indexed-db-store';
import { memoryStore } from './memory-store';
import { pageAttention } from './page-attention';
import { steadfastStore } from './steadfast-store';
import { tabChannel } from './tab-channel';
import { uniqueId } from './unique-id';
import { webLock } from './web-lock';

/** Where a session is kept: in IndexedDB, shared by all tabs and across reloads, or in the memory of one tab. */
export type Keeping = 'persistent' | 'tab';

const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * What the engine needs, from the browser.
 *
 * @param key names the session: one back end of one application
 * @param degraded called when the storage fails and memory takes over
 */
export function browserPorts(key: string, keeping: Keeping, degraded: () => void): SessionPorts {
  const name = `ngx-latchkey:${key}`;
  const shared = keeping === 'persistent';
  const lock = webLock(shared ? name : `${name}:${uniqueId()}`);
  const isolated = (): void => {
    lock.hold();
    degraded();
  };
  return {
    clock: systemClock,
    store: shared
      ? steadfastStore(indexedDbStore(key), isolated, () => {
          lock.free();
        })
      : memoryStore(),
    lock,
    channel: shared ? tabChannel(name) : { announce: () => undefined, listen: () => () => undefined },
    transport: fetchTransport(),
    attention: pageAttention(),
    random: () => Math.random(),
    uniqueId,
  };
}
