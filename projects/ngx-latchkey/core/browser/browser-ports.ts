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

/**
 * What the engine needs, from the browser.
 *
 * @param key names the session: one back end of one application
 * @param degraded called when the storage fails and memory takes over
 */
export type BrowserPorts = (key: string, degraded: () => void) => SessionPorts;

const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Of a session that all tabs share. */
export const sharedPorts: BrowserPorts = (key, degraded) => {
  const name = `ngx-latchkey:${key}`;
  const lock = webLock(name);
  const isolated = (): void => {
    lock.hold();
    degraded();
  };
  return {
    ...pagePorts(),
    store: steadfastStore(indexedDbStore(key), isolated, lock.free),
    lock,
    channel: tabChannel(name),
  };
};

/** Of a session of one tab, which has nobody to share it with. */
export const tabPorts: BrowserPorts = key => ({
  ...pagePorts(),
  store: memoryStore(),
  lock: webLock(`ngx-latchkey:${key}:${uniqueId()}`),
  channel: { announce: () => undefined, listen: () => () => undefined },
});

function pagePorts(): Omit<SessionPorts, 'store' | 'lock' | 'channel'> {
  return {
    clock: systemClock,
    transport: fetchTransport(),
    attention: pageAttention(),
    random: () => Math.random(),
    uniqueId,
  };
}
