import type { PeerTab } from '../world/peer-tab';
import { until } from '../world/until';
import type { World } from '../world/world';

/** After how many milliseconds a call is answered without anybody's doing, or `null`. */
export function worksAgain(world: World, tab: PeerTab, patience: number): Promise<number | null> {
  const isAnswered = async (): Promise<boolean> => {
    const answers = await tab.call(world.profile, 1).catch(() => []);
    return answers[0] === 'ok';
  };
  return until(patience, isAnswered, 2_000);
}

/** Whether the user is signed in: the page says so, and a call is answered. */
export async function isSignedIn(world: World, tab: PeerTab): Promise<boolean> {
  return (await tab.signedIn()) && (await worksAgain(world, tab, 5_000)) !== null;
}
