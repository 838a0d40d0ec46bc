import { type AuthError, authError } from 'ngx-latchkey/core';

/** Milliseconds that a call waits for an authenticated connection. */
const PATIENCE = 15_000;

interface Caller {
  readonly admit: () => void;
  readonly refuse: (reason: AuthError) => void;
}

/** Who waits for an authenticated connection. */
export interface Callers {
  /** Resolves when the connection is open; rejects when there will be none, or after fifteen seconds. */
  admitted(): Promise<void>;
  open(): void;
  wait(): void;
  close(reason: AuthError): void;
}

export function socketCallers(): Callers {
  const callers = new Set<Caller>();
  let state: 'open' | 'waiting' | AuthError = 'waiting';

  function settle(how: (caller: Caller) => void): void {
    const settled = [...callers];
    callers.clear();
    settled.forEach(how);
  }

  return {
    admitted() {
      if (state === 'open') return Promise.resolve();
      if (state !== 'waiting') return Promise.reject(state);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          callers.delete(caller);
          reject(authError('not-now', 'not-connected'));
        }, PATIENCE);
        const caller: Caller = {
          admit() {
            clearTimeout(timer);
            resolve();
          },
          refuse(reason) {
            clearTimeout(timer);
            reject(reason);
          },
        };
        callers.add(caller);
      });
    },
    open() {
      state = 'open';
      settle(caller => caller.admit());
    },
    wait() {
      state = 'waiting';
    },
    close(reason) {
      state = reason;
      settle(caller => caller.refuse(reason));
    },
  };
}
