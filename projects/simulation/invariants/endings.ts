import type { EndReason, LiveRecord } from 'ngx-latchkey/core';
import { ABILITIES } from '../engine/abilities';
import type { Tab } from '../world/tab';
import type { World } from '../world/world';

/** I4: a session ends because a user or the server wanted it, and for the reason that is told. */
export function endedByProof(world: World, tab: Tab, reason: EndReason): string | undefined {
  const record = tab.last;
  if (record === null) return `tab ${tab.page.id} ended what it did not have`;
  return isProven(world, tab, record, reason)
    ? undefined
    : `session ${record.sid} of ${String(record.held.user?.id)} ended in tab ${tab.page.id} (${reason}) without a proof`;
}

function isProven(world: World, tab: Tab, record: LiveRecord, reason: string): boolean {
  const { ledger, server } = world;
  const family = server.families.get(record.held.secret ?? '');
  switch (reason) {
    case 'user':
      return tab.isAsking('sign-out');
    case 'user-other-tab':
      return ledger.signedOut.has(record.sid);
    case 'refused':
      return family !== undefined && family.over !== null && !(ABILITIES.tellsLostResponse && family.over === 'reuse');
    case 'lost-response':
      return family !== undefined && family.over !== null && hadLostAnswer(world, record);
    case 'account-switch':
      return [...ledger.users].some(([epoch, user]) => epoch > record.epoch && user !== record.held.user?.id);
    default:
      return false;
  }
}

/** Whether the server's log shows an answer to a refresh of the session that nobody could keep. */
function hadLostAnswer({ network, ledger }: World, { sid }: LiveRecord): boolean {
  return network.uses.some(
    ({ secret, successor }) =>
      successor !== null && !ledger.kept.has(successor) && ledger.kept.get(secret) === sid,
  );
}
