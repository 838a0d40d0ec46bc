import type { EndReason, LiveRecord } from 'ngx-latchkey/core';
import type { Family } from '../world/auth-server';
import type { Tab } from '../world/tab';
import { wasAnswered } from '../world/refresh-use';
import type { World } from '../world/world';

/** I4: a session ends because a user or the server wanted it, and for the reason that is told. */
export function endedByProof(world: World, tab: Tab, reason: EndReason): string | undefined {
  const record = tab.last;
  if (record === null) return `tab ${tab.page.id} ended what it did not have`;
  return isProven(world, tab, record, reason)
    ? undefined
    : `session ${record.sid} of ${String(record.held.user?.id)} ended in tab ${tab.page.id} (${reason}) without a proof`;
}

/** A tab that slept may have missed a session or two; what it hears of is the end of the last. */
function isProven(world: World, tab: Tab, record: LiveRecord, reason: string): boolean {
  const { ledger } = world;
  switch (reason) {
    case 'user':
      return tab.isAsking('sign-out');
    case 'user-other-tab':
      return ledger.signedOutEpoch >= record.epoch;
    case 'refused':
      return familiesSince(world, record).some(family =>
        family.over === 'reuse' ? wasOvertaken(world, family) : family.over !== null,
      );
    case 'lost-response':
      return familiesSince(world, record).some(family =>
        // A page that could not tell whether its request had arrived cannot tell one refusal from another.
        family.over === 'reuse'
          ? hadLostAnswer(world, family) || wasOvertaken(world, family)
          : family.over !== null,
      );
    case 'expired':
      return !world.setup.renewable && (tab.isAsking('rejection') || ledger.expiredEpoch >= record.epoch);
    case 'account-switch':
      return [...ledger.users].some(([epoch, user]) => epoch > record.epoch && user !== record.held.user?.id);
    default:
      return false;
  }
}

/** What the server knows of the session and of those that came after it. */
function familiesSince({ ledger, server }: World, { epoch }: LiveRecord): readonly Family[] {
  const secrets = [...ledger.sessions].filter(([, sid]) => (ledger.epochs.get(sid) ?? 0) >= epoch);
  return secrets.flatMap(([secret]) => server.families.get(secret) ?? []);
}

/** Whether the server's log shows an answer to a refresh of the session that nobody had kept when somebody else asked with the same token. */
function hadLostAnswer({ network, ledger, server }: World, family: Family): boolean {
  return network.uses.some(({ secret, successor, sentAt }) => {
    if (successor === null || server.families.get(secret) !== family) return false;
    const keptAt = ledger.kept.get(successor) ?? Infinity;
    const later = network.uses.filter(use => use.secret === secret && use.sentAt > sentAt);
    return keptAt === Infinity || later.some(use => use.sentAt < keptAt);
  });
}

/**
 * Whether a request of a page that is gone reached the server after another page had renewed in its place: nobody had any reason for doubt by
 * then, and nothing could have been done about it.
 */
function wasOvertaken({ network }: World, { reused }: Family): boolean {
  const uses = network.uses.filter(({ secret }) => secret === reused);
  return uses.some(wasAnswered) && uses.some(use => use.learned === 'nothing' || !use.genuine);
}
