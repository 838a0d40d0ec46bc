import type { SessionState } from 'ngx-latchkey/core';
import type { Write } from '../world/database';
import type { RefreshUse } from '../world/refresh-use';
import type { World } from '../world/world';

/** I3: what is written follows from what was there. */
export function fencedWrite(world: World, { before, after }: Write): string | undefined {
  if (before === undefined) return undefined;
  if (before.sid !== after.sid) {
    return after.epoch > before.epoch ? undefined : `epoch ${after.epoch} was written over ${before.epoch}`;
  }
  if (before.ended !== undefined) {
    return after.ended === undefined ? `session ${after.sid} came back after its end` : undefined;
  }
  if (after.ended !== undefined || after.held.secret === before.held.secret) return undefined;
  if (after.generation <= before.generation) return `generation ${after.generation} was written twice`;
  const descends = world.network.uses.some(
    ({ secret, successor }) => secret === before.held.secret && successor === after.held.secret,
  );
  return descends || world.database.everFailed
    ? undefined
    : `generation ${after.generation} does not come from the token that was kept`;
}

/** I9: an epoch has one user. */
export function oneUserPerEpoch({ ledger }: World, { after }: Write): string | undefined {
  if (after.ended !== undefined) return undefined;
  const known = ledger.users.get(after.epoch);
  const user = after.held.user?.id;
  return known !== undefined && user !== undefined && user !== known
    ? `epoch ${after.epoch} of ${known} was given to ${user}`
    : undefined;
}

/** I3: no refresh token is sent of a session that has been over for a second. */
export function nothingSpentAfterEnd(
  { ledger, time }: World,
  { secret, page }: RefreshUse,
): string | undefined {
  const ending = ledger.endings.get(ledger.sessions.get(secret) ?? '');
  if (ending === undefined || time.now - ending.at < 1_000) return undefined;
  const running = page.ran - (ending.ran.get(page) ?? 0);
  return running > 1_000 ? `${secret} was sent after its session had ended` : undefined;
}

/** I2: what a tab uses has been made durable before. */
export function durableFirst({ database }: World, { record }: SessionState): string | undefined {
  const kept = database.record;
  if (record === null || database.everFailed || kept?.sid !== record.sid || kept.ended !== undefined)
    return undefined;
  return record.generation > kept.generation
    ? `generation ${record.generation} is used before it is kept`
    : undefined;
}
