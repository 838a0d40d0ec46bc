import type { LiveRecord, UsableToken } from 'ngx-latchkey/core';
import type { Question, Tab } from '../world/tab';
import type { World } from '../world/world';

/** I5: a request of a user goes out as this user's or not at all. */
export function noDowngrade(
  tab: Tab,
  shown: LiveRecord | null,
  token: UsableToken | null,
): string | undefined {
  if (shown === null) return undefined;
  if (token === null) return `a request of tab ${tab.page.id} would go out anonymous`;
  const [wanted, got] = [shown.held.user?.id, token.held.user?.id];
  return wanted === got ? undefined : `a request of ${String(wanted)} got the token of ${String(got)}`;
}

/** I10: a request is sent again once, with another token of the same session. */
export function replayedOnce(
  rejected: UsableToken,
  replayed: boolean,
  fresh: UsableToken | null,
): string | undefined {
  if (fresh === null) return undefined;
  if (replayed) return 'a request would be sent a third time';
  if (fresh.held.token === rejected.held.token) return 'a request would be sent again with the same token';
  return fresh.sid === rejected.sid ? undefined : 'a request would be sent again in another session';
}

/** Milliseconds that a page may run until each question is answered: what it waits for, and a little for the storage. */
const PATIENCE: Readonly<Record<Question['what'], number>> = {
  token: 21_000,
  refresh: 60_000,
  rejection: 60_000,
  'sign-out': 12_000,
  'sign-in': 25_000,
};

/** I6: whoever asks is answered in time. */
export function boundedWaits({ page, questions }: Tab): string | undefined {
  for (const { what, since } of questions) {
    if (page.ran - since > PATIENCE[what]) return `tab ${page.id} still waits for its ${what}`;
  }
  return undefined;
}

/** A page that waits does so quietly: not by timers that follow each other at once. */
export function waitsQuietly({ page }: Tab): string | undefined {
  return page.busy ? `tab ${page.id} runs timers all the time` : undefined;
}

/** What an attempt may take, and what the clocks of two pages differ by. */
const LEASE = 15_000;

/** I6: nobody is kept out by a tab that holds the lock and does nothing. */
export function keptOut(world: World, { page }: Tab, code: string): string | undefined {
  const { database, ledger, network, time } = world;
  if (code !== 'lock-timeout' || database.everFailed || time.now - ledger.clockSetAt < 2 * LEASE)
    return undefined;
  const { record } = database;
  const begun = record?.ended === undefined ? record?.attempt?.at : undefined;
  const lately = [ledger.writtenAt, ...network.uses.map(({ closedAt }) => closedAt ?? -Infinity)];
  const justDone = lately.some(at => time.now - at < 2_000);
  const atWork = justDone || (begun !== undefined && page.clock.now() - begun < LEASE);
  return atWork ? undefined : `tab ${page.id} waited for its turn in vain, and nobody was at work`;
}
