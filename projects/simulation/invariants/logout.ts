import type { SessionState } from 'ngx-latchkey/core';
import type { Ending } from '../world/ledger';
import type { Tab } from '../world/tab';
import type { World } from '../world/world';

const SECOND = 1_000;

/** I12: a session that has ended is over in all tabs that can hear of it, within a second. */
export function logoutWins(world: World, tab: Tab): string | undefined {
  const { ledger, channel, database } = world;
  const { page, engine, wokenAt, ranWhenWoken } = tab;
  const sid = engine.state().record?.sid;
  const ending = sid === undefined ? undefined : ledger.endings.get(sid);
  if (ending === undefined || page.frozen || database.everFailed) return undefined;
  const running = page.ran - (ending.ran.get(page) ?? 0);
  const heard = channel.reliable && running > SECOND && couldTell(world, ending);
  const looked = wokenAt > ending.at && page.ran - ranWhenWoken > SECOND;
  return heard || looked ? `tab ${page.id} goes on with a session that has ended` : undefined;
}

/** Whether the page that ended a session lived and ran long enough to tell the others. */
function couldTell({ channel, time }: World, { by, at, ran }: Ending): boolean {
  const announcedAt = channel.announcedAt.get(by) ?? -Infinity;
  if (announcedAt >= at && time.now - announcedAt > SECOND) return true;
  return !by.gone && by.ran - (ran.get(by) ?? 0) > SECOND;
}

/** I12: who signs out is signed out at once. */
export function signedOutAtOnce(tab: Tab): string | undefined {
  return tab.engine.usable() === null ? undefined : `tab ${tab.page.id} has a token after its logout`;
}

/** I12: a page that was left lets no token out until it has read the record. */
export function silentWhileAway(tab: Tab): string | undefined {
  return tab.engine.usable() === null ? undefined : `tab ${tab.page.id} has a token although it was left`;
}

/** I12: a session that has ended in a tab does not come back there. */
export function neverBack({ page, ended }: Tab, { record }: SessionState): string | undefined {
  return record !== null && ended.has(record.sid)
    ? `session ${record.sid} came back in tab ${page.id} after its end`
    : undefined;
}

/** I9: a page that shows one user does not go on as another, unless that one signs in there. */
export function oneUserPerPage(tab: Tab, { record }: SessionState): string | undefined {
  const [before, after] = [tab.shown?.held.user?.id, record?.held.user?.id];
  if (before === undefined || after === undefined || before === after || tab.isAsking('sign-in'))
    return undefined;
  return `tab ${tab.page.id} showed ${before} and goes on as ${after}`;
}
