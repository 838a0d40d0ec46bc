import type { Grant } from '../contract/grant';
import { isRefusal } from '../contract/refusal';
import type { SessionProbe } from '../contract/session-kind';
import { FAREWELL_DEADLINE, perform } from './exchange';
import type { SessionPorts } from './ports';
import { LEASE } from './renewal-intent';
import type { SessionHappening } from './session-event';
import { type SessionRecord, isLive } from './session-record';

/** What asking for a session needs of the engine. */
export interface Probing {
  readonly ports: SessionPorts;
  /** Makes what the server sends the session. */
  accept(grant: Grant): Promise<void>;
  tell(happening: SessionHappening): void;
  /** Goes on: if there was a session, it has been accepted. */
  goOn(): void;
}

/** Asks if it is worth it, and returns whether it does. */
export type Probe = (record: SessionRecord | undefined) => boolean;

/**
 * Asks for a renewal at the start where no session is kept, because a cookie that script cannot see may hold one.
 *
 * @param when `unless-ended`: where none is known to have ended here; or `always`
 */
export function cookieProbe(when: 'unless-ended' | 'always'): SessionProbe {
  const isWorthIt = (record: SessionRecord | undefined): boolean => {
    if (isLive(record)) return false;
    // A logout that the server has not heard of yet must not be undone by asking.
    return record === undefined || (when === 'always' && !record.owed);
  };

  return (renew, { ports: { lock, store, transport }, accept, tell, goOn }: Probing): Probe => {
    let unprobed = true;

    /** In turn with the other tabs; resolves with whether it is known now. */
    async function ask(): Promise<boolean> {
      try {
        return await lock.exclusive(async () => {
          if (!isWorthIt(await store.read())) return true;
          const answer = await perform(renew, { token: '' }, transport, FAREWELL_DEADLINE);
          if (!isRefusal(answer)) await accept(answer);
          else if (answer.failure !== 'refused') tell({ type: 'probe-failed', code: answer.code });
          return !isRefusal(answer) || answer.failure === 'refused';
        }, LEASE);
      } catch {
        // Another tab is at it and does not finish: nobody knows, and the next look asks again.
        return false;
      }
    }

    return record => {
      if (!unprobed || !isWorthIt(record)) return false;
      unprobed = false;
      void ask().then(known => {
        goOn();
        unprobed = !known;
      });
      return true;
    };
  };
}
