import type { Browser } from '@playwright/test';
import { measureCallCost } from './measures/call-cost';
import { measureSize } from './measures/size';
import type { Options } from './options';
import type { BuiltPeer } from './prepare/workspace';
import { type Outcome, type PeerResult, inShort } from './results';
import type { Scenario } from './scenarios/scenario';
import { linesOfUserCode } from './user-code';
import { launchChromium } from './world/computer';
import { inWorld } from './world/world';

/** How many run at the same time: of what is done in seconds, and of what mostly waits. */
const QUICK_AT_ONCE = 2;
const SLOW_AT_ONCE = 10;

/** Measures first, with the machine to themselves; then what happens quickly; then what takes minutes. */
export async function runPeers(
  browser: Browser,
  built: readonly BuiltPeer[],
  options: Pick<Options, 'scenarios' | 'measures'>,
): Promise<readonly PeerResult[]> {
  // Each world's server listens for the end of this process.
  process.setMaxListeners(4 * SLOW_AT_ONCE);
  const outcomes: Record<string, Record<string, Outcome>> = {};
  const measured = new Map<string, Pick<PeerResult, 'size' | 'cost'>>();
  for (const one of built) {
    measured.set(one.peer.name, options.measures ? await measure(browser, one) : { size: null, cost: null });
  }
  const tries = options.scenarios.flatMap(scenario =>
    built.filter(({ peer }) => peer.kind !== 'none').map(one => ({ scenario, one })),
  );
  const run = async ({ scenario, one }: (typeof tries)[number]): Promise<void> => {
    const outcome = await tryOut(browser, one, scenario);
    (outcomes[one.peer.name] ??= {})[scenario.name] = outcome;
    console.error(`${one.peer.name}: ${scenario.name}: ${JSON.stringify(outcome)}`);
  };
  const inTurn = async (waiting: (typeof tries)[number][]): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
  };
  for (const [isSlow, atOnce] of [
    [false, QUICK_AT_ONCE],
    [true, SLOW_AT_ONCE],
  ] as const) {
    const waiting = tries.filter(({ scenario }) => scenario.slow === isSlow);
    await Promise.all(Array.from({ length: atOnce }, () => inTurn(waiting)));
  }
  return built.map(({ peer, version }) => ({
    peer,
    version,
    lines: linesOfUserCode(peer),
    size: null,
    cost: null,
    ...measured.get(peer.name),
    outcomes: outcomes[peer.name] ?? {},
  }));
}

async function tryOut(browser: Browser, one: BuiltPeer, scenario: Scenario): Promise<Outcome> {
  const own = scenario.ownBrowser === true ? await launchChromium() : null;
  try {
    return { cells: await inWorld(own ?? browser, one, scenario.settings, world => scenario.run(world)) };
  } catch (error) {
    return { crashed: inShort(error) };
  } finally {
    await own?.close();
  }
}

async function measure(browser: Browser, one: BuiltPeer): Promise<Pick<PeerResult, 'size' | 'cost'>> {
  console.error(`${one.peer.name}: measures`);
  const signsIn = one.peer.kind !== 'none';
  const settings = { accessTokenLifetime: 900 };
  const crashed = (error: unknown): { readonly crashed: string } => ({ crashed: inShort(error) });
  return {
    size: await inWorld(browser, one, settings, world => measureSize(world, signsIn)).catch(crashed),
    cost: signsIn ? await inWorld(browser, one, settings, measureCallCost).catch(crashed) : null,
  };
}
