import { authError } from '../contract/auth-error';
import type { Lock } from '../session/ports';

/** A lock of all tabs of the page's origin. */
export interface TabLock extends Lock {
  /** Tells the other tabs, until {@link free} or the end of the page, that this one alone knows the newest token. */
  hold(): void;
  free(): void;
}

/** A Web Lock; where the browser has none (an insecure context), the record alone keeps order. */
export function webLock(name: string): TabLock {
  // Also made while rendering on a server, where there may be no navigator either.
  const locks = (globalThis as { readonly navigator?: Partial<Navigator> }).navigator?.locks;
  const holder = `${name}:newest`;
  let freed: (() => void) | null = null;

  const heldElsewhere = async (): Promise<boolean> => {
    const state = freed ? undefined : await locks?.query();
    return state?.held?.some(lock => lock.name === holder) ?? false;
  };

  return {
    sure: locks !== undefined,
    exclusive(task, patience, steal) {
      if (locks === undefined) return task();
      return new Promise((resolve, reject) => {
        const waiting = new AbortController();
        const deadline = performance.now() + patience;
        // The browser may miss an abort that comes very early, so that nobody may wait for its answer to it.
        const timer = setTimeout(() => {
          reject(authError('not-now', 'lock-timeout'));
          waiting.abort();
        }, patience);
        let inTurn = false;
        const turn = async (): Promise<void> => {
          // A page that was frozen may hear of its turn when it has been robbed of it.
          if (waiting.signal.aborted || performance.now() > deadline) return;
          clearTimeout(timer);
          inTurn = true;
          const work = (await heldElsewhere())
            ? Promise.reject(authError('not-now', 'held-elsewhere'))
            : task();
          await work.then(resolve, reject);
        };
        const ask = (): void => {
          locks.request(name, steal ? { steal } : { signal: waiting.signal }, turn).catch(() => {
            // Whoever is robbed of the lock finishes all the same: the fence judges what comes of it.
            if (inTurn || waiting.signal.aborted) return;
            // No locks for this origin (a sandboxed frame), and no storage to share either.
            clearTimeout(timer);
            task().then(resolve, reject);
          });
        };
        if (!steal) {
          ask();
          return;
        }
        // Nobody is robbed for a turn that cannot be taken.
        void heldElsewhere().then(held => {
          if (!held) ask();
          else reject(authError('not-now', 'held-elsewhere'));
        }, ask);
      });
    },
    hold() {
      void locks?.request(holder, { mode: 'shared' }, () => new Promise<void>(resolve => (freed = resolve)));
    },
    free() {
      freed?.();
      freed = null;
    },
  };
}
