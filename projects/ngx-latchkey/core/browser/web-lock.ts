import { authError } from '../contract/auth-error';
import type { Lock } from '../session/ports';

/** A Web Lock of the page's origin; where there is none (an insecure context), this tab's own order is all there is. */
export function webLock(name: string): Lock {
  return {
    async exclusive(task, patience) {
      const locks = (navigator as Partial<Navigator>).locks;
      if (locks === undefined) return task();
      const waiting = new AbortController();
      const timer = setTimeout(() => {
        waiting.abort();
      }, patience);
      try {
        return await locks.request(name, { signal: waiting.signal }, () => {
          clearTimeout(timer);
          return task();
        });
      } catch (error) {
        if (!waiting.signal.aborted) throw error;
        throw authError('not-now', 'lock-timeout');
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
