import { isolated } from '../contract/isolated';
import type { SessionListener } from './session-engine';
import type { SessionEvent } from './session-event';
import type { SessionState } from './session-state';

/** Whoever wants to hear of a session. */
export interface Listeners {
  /** Adds a listener; the result removes it. */
  listen(listener: SessionListener): () => void;
  notify(event: SessionEvent | null, state: SessionState): void;
  clear(): void;
}

export function sessionListeners(): Listeners {
  const listeners = new Set<SessionListener>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify(event, state) {
      for (const listener of [...listeners]) {
        isolated(() => {
          listener(event, state);
        });
      }
    },
    clear() {
      listeners.clear();
    },
  };
}
