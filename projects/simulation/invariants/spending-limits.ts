import { ABILITIES } from '../engine/abilities';
import type { RefreshUse } from '../world/refresh-use';
import type { Tab } from '../world/tab';
import type { World } from '../world/world';

const WINDOW = 300_000;
const MOST_IN_WINDOW = ABILITIES.sharedBackOff ? 10 : 300;

/** I7: at most ten failed or forced attempts in five minutes, whatever the clock and the server do. */
export function boundedSpend({ network }: World, use: RefreshUse): string | undefined {
  let needless = 0;
  for (let index = network.uses.length - 1; index >= 0; index -= 1) {
    const earlier = network.uses[index] as RefreshUse;
    if (use.sentAt - earlier.sentAt > WINDOW) break;
    if (earlier.forced || (earlier.closedAt !== null && !(earlier.learned === 200 && earlier.genuine)))
      needless += 1;
  }
  return needless > MOST_IN_WINDOW ? `${needless} failed or forced attempts within five minutes` : undefined;
}

/** I7: what the server asked for in `Retry-After` is kept. */
export function retryAfterKept({ network, ledger, time }: World, use: RefreshUse): string | undefined {
  const last = network.uses.at(-1);
  for (const earlier of network.uses) {
    if (!ABILITIES.sharedBackOff && earlier !== last) continue;
    if (earlier.secret !== use.secret || earlier.closedAt === null || earlier.retryAfter === 0) continue;
    if (ledger.clockSetAt >= earlier.closedAt) continue;
    if (!ABILITIES.sharedBackOff && (earlier.page !== use.page || use.forced)) continue;
    if (time.now - earlier.closedAt < earlier.retryAfter * 1000 - 50) {
      return `a refresh was tried ${time.now - earlier.closedAt} ms after the server had asked for ${earlier.retryAfter} s`;
    }
  }
  return undefined;
}

/** I7: a page that nobody sees renews when somebody wants something of it. */
export function hiddenPagesWait(tab: Tab | undefined): string | undefined {
  if (tab === undefined || tab.page.visible || tab.questions.size > 0) return undefined;
  return tab.page.ran - tab.wantedAt > 60_000
    ? `tab ${tab.page.id} is hidden and renews by itself`
    : undefined;
}
