import type { Clock } from './ports';
import { decideRejection } from './rejection';
import type { SessionEngine } from './session-engine';
import type { LiveRecord } from './session-record';
import { isRenewable } from './session-state';

/**
 * What to do when an API rejects a token; see {@link SessionEngine.rejected}.
 *
 * @param renew renews because an API wants it, if there is room for that; never rejects
 */
export function rejectionAnswer(
  clock: Clock,
  stateNow: SessionEngine['state'],
  usable: SessionEngine['usable'],
  tell: SessionEngine['tell'],
  end: SessionEngine['end'],
  renew: (record: LiveRecord) => Promise<unknown>,
): SessionEngine['rejected'] {
  // When an API rejected a brand-new token last.
  let distrustedAt = -Infinity;
  return async rejection => {
    const state = stateNow();
    const { record } = state;
    if (record === null) return null;
    const now = clock.now();
    if (rejection.replayed) {
      distrustedAt = now;
      tell({ type: 'rejected-fresh-token', generation: rejection.generation });
      return null;
    }
    const decision = decideRejection(record, rejection, isRenewable(state), distrustedAt, now);
    if (decision === 'end') await end('expired', record.sid);
    if (decision === 'renew') await renew(record);
    const fresh = usable();
    return fresh?.sid === rejection.sid && fresh.generation > rejection.generation ? fresh : null;
  };
}
