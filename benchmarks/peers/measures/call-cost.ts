import type { Page } from '@playwright/test';
import type { PeerPage } from '../apps/shared/peer-page';
import type { World } from '../world/world';

declare const window: { readonly peer?: PeerPage; reads?: number };

const ROUNDS = 60;
const CALLS = 200;

/** What a call costs whose token is good, apart from the network. */
export interface CallCost {
  /** Times what the same call costs with an interceptor that does nothing; medians. */
  readonly ratio: number;
  /** Microseconds more; the median of this machine. */
  readonly added: number;
  /** Reads of `localStorage`, `sessionStorage` and IndexedDB for each call. */
  readonly reads: number;
}

/** @throws Error when the calls carried no token, which would be cheap */
export async function measureCallCost(world: World): Promise<CallCost> {
  const tab = await world.open();
  await tab.signIn();
  const reads = await countReads(tab.page);
  const { bare, library, authorized } = await measure(tab.page, ROUNDS, CALLS);
  if (authorized !== ROUNDS * CALLS)
    throw new Error(`Only ${authorized} of ${ROUNDS * CALLS} calls carried a token.`);
  const [one, other] = [median(bare), median(library)];
  return { ratio: other / one, added: ((other - one) / CALLS) * 1_000, reads };
}

/** Counts them in a short run of its own, since counting costs too. */
async function countReads(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.reads = 0;
    const counted = [
      { prototype: Storage.prototype, name: 'getItem' },
      { prototype: IDBObjectStore.prototype, name: 'get' },
      { prototype: IDBObjectStore.prototype, name: 'getAll' },
    ];
    for (const { prototype, name } of counted) {
      const { value: original } = Object.getOwnPropertyDescriptor(prototype, name) as {
        value: (this: unknown, ...given: unknown[]) => unknown;
      };
      Object.defineProperty(prototype, name, {
        configurable: true,
        writable: true,
        value(this: unknown, ...given: unknown[]): unknown {
          window.reads = (window.reads ?? 0) + 1;
          return original.apply(this, given);
        },
      });
    }
  });
  await measure(page, 1, CALLS);
  const all = await page.evaluate(() => window.reads ?? 0);
  await page.reload();
  await page.waitForFunction(() => window.peer?.signedIn());
  // Three rounds to warm up, and one.
  return all / (4 * CALLS);
}

async function measure(
  page: Page,
  rounds: number,
  calls: number,
): Promise<Awaited<ReturnType<PeerPage['measure']>>> {
  const measured = await page.evaluate(([turns, each]) => window.peer?.measure(turns, each), [
    rounds,
    calls,
  ] as const);
  if (measured === undefined) throw new Error('The page is gone.');
  return measured;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
