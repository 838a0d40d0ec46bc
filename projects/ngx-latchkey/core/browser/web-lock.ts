import { authError } from '../contract/auth-error';
import type { Lock } from '../session/ports';

/** A Web Lock of the page's origin; where there is none (an insecure context), this tab's own order is all there is. */
export function webLock(name: string): Lock {
  return {
    exclusive(task, patience) {
      const locks = (navigator as Partial<Navigator>).locks;
      if (locks === undefined) return task();
      return new Promise((resolve, reject) => {
        const waiting = new AbortController();
        // The browser may miss an abort that comes very early, so that nobody may wait for its answer to it.
        const timer = setTimeout(() => {
          reject(authError('not-now', 'lock-timeout'));
          waiting.abort();
        }, patience);
        const inTurn = async (): Promise<void> => {
          clearTimeout(timer);
          if (!waiting.signal.aborted) await task().then(resolve, reject);
        };
        locks.request(name, { signal: waiting.signal }, inTurn).catch(reject);
      });
    },
  };
}
