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
 * @param when `'unless-ended'` (the default): where none is known to have ended here. A browser in which nobody ever signed in asks once.
 * `'always'`: with each page of somebody who is not signed in; for where another application signs users in with the same cookie
 *
 * @example provideAuth(jwtServer({ url, refreshToken: 'cookie', probe: cookieProbe() }))
 */
export function cookieProbe(when: 'unless-ended' | 'always' = 'unless-ended'): SessionProbe {
  const isWorthIt = (record: SessionRecord | undefined): boolean =>
    // A logout that the server has not heard of yet must not be undone by asking.
    record === undefined || (when === 'always' && !isLive(record) && !record.owed);

  return (renew, { ports: { lock, store, transport, clock }, accept, tell, goOn }: Probing): Probe => {
    let unprobed = true;
    let asking = false;

    /** In turn with the other tabs. */
    async function ask(): Promise<void> {
      if (!isWorthIt(await store.read())) return;
      const answer = await perform(renew, { token: '' }, transport, FAREWELL_DEADLINE);
      if (!isRefusal(answer)) return accept(answer);
      if (answer.failure === 'refused') {
        await store.change(current => current ?? nobody(clock.now()));
      } else {
        tell({ type: 'probe-failed', code: answer.code });
        unprobed = true;
      }
    }

    return record => {
      if (!isWorthIt(record)) return false;
      if (unprobed) {
        unprobed = false;
        asking = true;
        void lock
          .exclusive(ask, LEASE)
          .catch(() => {
            // Another tab is at it and does not finish: nobody knows, and the next look asks again.
            unprobed = true;
          })
          .then(() => {
            asking = false;
            goOn();
          });
      }
      // A page that is shown looks again, and still nobody knows.
      return asking;
    };
  };
}

/** Remembers that the server knew of no session, so that a visitor who never signs in is not asked about with each page. */
function nobody(at: number): SessionRecord {
  return { v: 1, sid: '', epoch: 0, generation: 0, ended: { reason: 'refused', at } };
}
