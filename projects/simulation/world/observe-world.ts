import { endedByProof } from '../invariants/endings';
import { durableFirst, fencedWrite, nothingSpentAfterEnd, oneUserPerEpoch } from '../invariants/epoch-fence';
import { logoutWins, neverBack, oneUserPerPage } from '../invariants/logout';
import { oneSpender } from '../invariants/one-spender';
import { boundedWaits, noDowngrade, replayedOnce, waitsQuietly, keptOut } from '../invariants/requests';
import {
  discreetRequest,
  silentChannel,
  silentError,
  silentEvent,
  onlyToTheApi,
} from '../invariants/secrecy';
import {
  boundedSpend,
  hiddenPagesWait,
  restsAfterFailure,
  retryAfterKept,
} from '../invariants/spending-limits';
import type { Write } from './database';
import type { Tab, TabObserver } from './tab';
import type { World } from './world';

/** Where each invariant is asserted: at the very moment at which it could be broken, or whenever the world has come to rest. */
export function observeWorld(world: World): { readonly observer: TabObserver; readonly check: () => void } {
  const { ledger, network, database, locks } = world;
  network.sending = request => world.demand('I8', discreetRequest(request));
  network.met = trouble => ledger.count(`fault ${trouble}`);
  network.using = use => {
    ledger.count('refresh');
    world.demand('I1', oneSpender(world, use));
    world.demand('I3', nothingSpentAfterEnd(world, use));
    world.demand('I7', boundedSpend(world, use));
    world.demand('I7', retryAfterKept(world, use));
    world.demand('I7', restsAfterFailure(world, use));
    world.demand('I7', hiddenPagesWait(world, use));
  };
  locks.askedTwice = page => world.demand('I1', `tab ${page.id} renews twice at a time`);
  database.written = write => {
    world.demand('I3', fencedWrite(world, write));
    world.demand('I9', oneUserPerEpoch(world, write));
    noteWrite(world, write);
  };

  const observer: TabObserver = {
    heard(tab, event, state) {
      if (state.record !== null) ledger.know(state.record);
      world.demand('I2', durableFirst(world, state));
      world.demand('I9', oneUserPerPage(tab, state));
      world.demand('I12', neverBack(tab, state));
      if (event === null) return;
      world.demand('I8', silentEvent(event));
      if (event.type === 'phase') ledger.countPhase(event);
      if (event.type === 'refresh-failed') world.demand('I6', keptOut(world, tab, event.code));
      if (event.type === 'ended') noteEnd(world, tab, event.reason);
    },
    answered(tab, shown, token) {
      world.demand('I5', noDowngrade(tab, shown, token));
    },
    failed(_tab, error) {
      world.demand('I8', silentError(error));
    },
    carried(url) {
      world.demand('I8', onlyToTheApi(url));
    },
    replaced(_tab, rejected, replayed, fresh) {
      world.demand('I10', replayedOnce(rejected, replayed, fresh));
    },
  };
  const check = (): void => {
    for (const tab of world.tabs) {
      world.demand('I6', boundedWaits(tab));
      world.demand('sanity', waitsQuietly(tab));
      world.demand('I12', logoutWins(world, tab));
    }
    world.demand('I8', silentChannel(world));
  };
  return { observer, check };
}

function noteWrite({ ledger, tabs, time }: World, { page: by, before, after }: Write): void {
  ledger.writtenAt = time.now;
  if (after.ended === undefined) {
    ledger.keep(after, time.now);
    const renewing = before?.ended === undefined ? before?.attempt?.id : undefined;
    if (after.attempt && after.attempt.id !== renewing) ledger.countIntent(after);
  } else if (!ledger.endings.has(after.sid)) {
    if (after.ended.reason === 'user') ledger.signedOutEpoch = Math.max(ledger.signedOutEpoch, after.epoch);
    const ran = new Map(tabs.map(({ page }) => [page, page.ran]));
    ledger.endings.set(after.sid, { sid: after.sid, at: time.now, by, ran });
  }
}

function noteEnd(world: World, tab: Tab, reason: Parameters<typeof endedByProof>[2]): void {
  world.ledger.count(`end ${reason}`);
  world.demand('I4', endedByProof(world, tab, reason));
  if (tab.last !== null) tab.ended.add(tab.last.sid);
  const { ledger } = world;
  const epoch = tab.last?.epoch ?? 0;
  if (reason === 'user')
    ledger.signedOutEpoch = Math.max(ledger.signedOutEpoch, tab.engine.state().endedEpoch);
  if (reason === 'expired') ledger.expiredEpoch = Math.max(ledger.expiredEpoch, epoch);
}
