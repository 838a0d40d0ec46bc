import type { RefreshUse } from '../world/refresh-use';
import type { World } from '../world/world';

const WINDOW = 300_000;
const MOST_IN_WINDOW = 10;
const REST = 10_000;
/** What the clocks of two pages may differ by. */
const DRIFT = 200;

/** I7: at most ten failed or forced attempts for a session in five minutes, whatever the server does. */
export function boundedSpend({ network, ledger }: World, use: RefreshUse): string | undefined {
  const sid = ledger.sessions.get(use.secret);
  const lately = network.uses.filter(
    ({ secret, sentAt }) => use.sentAt - sentAt <= WINDOW && ledger.sessions.get(secret) === sid,
  );
  const needless = lately.filter(earlier => earlier.forced || failed(earlier)).length;
  // Whoever sets the clock ahead lets the past be past.
  const most = use.sentAt - ledger.clockSetAt <= WINDOW ? 2 * MOST_IN_WINDOW : MOST_IN_WINDOW;
  return needless > most ? `${needless} failed or forced attempts within five minutes` : undefined;
}

/** I7: a generation that failed is left alone for ten seconds, the first of them being those of an attempt whose answer was lost. */
export function restsAfterFailure({ network, ledger, time }: World, use: RefreshUse): string | undefined {
  const earlier = network.uses.find(
    other =>
      other.secret === use.secret &&
      failed(other) &&
      !other.stalled &&
      time.now - restFrom(other) < REST - DRIFT,
  );
  if (earlier === undefined || earlier.page.gone || ledger.clockSetAt >= earlier.sentAt) return undefined;
  return `a refresh was tried ${time.now - closed(earlier)} ms after it had failed`;
}

/** I7: what the server asked for in `Retry-After` is kept. */
export function retryAfterKept({ network, ledger, time }: World, use: RefreshUse): string | undefined {
  for (const earlier of network.uses) {
    if (earlier.secret !== use.secret || earlier.retryAfter === 0) continue;
    // A page that stands still has told nobody of it.
    if (earlier.page.gone || earlier.page.frozen || earlier.stalled) continue;
    if (ledger.clockSetAt >= closed(earlier)) continue;
    const waited = time.now - closed(earlier);
    if (waited < earlier.retryAfter * 1000 - DRIFT) {
      return `a refresh was tried ${waited} ms after the server had asked for ${earlier.retryAfter} s`;
    }
  }
  return undefined;
}

/** I7: a page that nobody sees renews when somebody wants something of it, or when the answer to another was lost. */
export function hiddenPagesWait({ ledger, network, tabs }: World, use: RefreshUse): string | undefined {
  const tab = tabs.find(({ page }) => page === use.page);
  const record = tab?.engine.state().record;
  const begun = record ? (ledger.intents.get(`${record.sid} ${record.generation}`) ?? 0) : 0;
  const repeats = begun > 1 || network.uses.some(other => other !== use && other.secret === use.secret);
  if (tab === undefined || repeats || tab.page.visible || tab.questions.size > 0) return undefined;
  return tab.page.ran - tab.wantedAt > 60_000
    ? `tab ${tab.page.id} is hidden and renews by itself`
    : undefined;
}

/** Where the answer was lost, the time that it was waited for counts: the server takes the old token for a while only. */
function restFrom(use: RefreshUse): number {
  return isUnknown(use) ? use.sentAt : closed(use);
}

function isUnknown({ learned, genuine }: RefreshUse): boolean {
  return learned === 'nothing' || !genuine;
}

function failed(use: RefreshUse): boolean {
  return use.closedAt !== null && !(use.learned === 200 && use.genuine);
}

function closed({ closedAt }: RefreshUse): number {
  return closedAt ?? Infinity;
}
