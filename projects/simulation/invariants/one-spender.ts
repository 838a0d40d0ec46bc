import { type RefreshUse, isUnderWay, wasAnswered } from '../world/refresh-use';
import type { World } from '../world/world';

const LEASE = 14_000;

/** I1: nobody sends a refresh token while somebody waits for the answer to it, or after somebody got that. */
export function oneSpender(world: World, use: RefreshUse): string | undefined {
  for (const other of world.network.uses) {
    if (other.secret !== use.secret || other === use) continue;
    if (clockMisleads(world, other)) {
      world.excused = true;
      return undefined;
    }
    if (isUnderWay(other) && !other.page.frozen) {
      return `${use.secret} was sent by tab ${use.page.id} while tab ${other.page.id} waited for its answer`;
    }
    if (wasAnswered(other) && isKnownOf(world, other)) {
      return `${use.secret} was sent again by tab ${use.page.id} after tab ${other.page.id} had its successor`;
    }
  }
  return undefined;
}

/** Whether the successor was kept, or is in the memory of a page that has had the time to keep it. */
function isKnownOf({ ledger }: World, { successor, page, stalled }: RefreshUse): boolean {
  if (successor !== null && ledger.kept.has(successor)) return true;
  return !page.gone && !page.frozen && !stalled;
}

/** Without locks, and for those that steal one, a lease by a clock that somebody sets meanwhile is worth nothing. */
function clockMisleads({ setup, ledger, locks }: World, { sentAt }: RefreshUse): boolean {
  return (!setup.locks || locks.steals > 0) && ledger.clockSetAt >= sentAt - LEASE;
}
