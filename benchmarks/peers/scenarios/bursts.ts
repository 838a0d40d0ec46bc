import { expireTokens } from '../../../projects/e2e/support/auth-server-admin';
import type { PeerTab } from '../world/peer-tab';
import type { World } from '../world/world';
import { sendToSleep } from '../world/computer';
import { type Scenario, yesOrNo } from './scenario';
import { TOKEN_LIFE, runOut } from './token-life';
import { worksAgain } from './works-again';

const CALLS = 20;
const COLUMNS = ['answered', 'renewals', 'says somebody is signed in', 'answered afterwards'];

async function burst(world: World, tab: PeerTab, since: number): Promise<readonly string[]> {
  const answers = await tab.call(world.profile, CALLS);
  const renewals = await world.renewals(since);
  const answered = answers.filter(answer => answer === 'ok').length;
  const cell = answered === CALLS ? `${CALLS}` : `**${answered}** of ${CALLS}`;
  const later = await worksAgain(world, tab, 5_000);
  return [cell, `${renewals.length}`, yesOrNo(await tab.signedIn()), yesOrNo(later !== null)];
}

export const REJECTED: Scenario = {
  name: 'rejected',
  title: 'Twenty calls with a token that the server no longer accepts',
  settings: { accessTokenLifetime: 900 },
  columns: COLUMNS,
  slow: false,
  reading:
    'The token has not run out, so that nobody can know it beforehand: an administrator has withdrawn it, or a key was changed. Answered are those of the twenty that came back with the data. ' +
    'Renewals are counted in the log of the server. The last column is one more call within five seconds.',
  run: async world => {
    const tab = await world.open();
    await tab.signIn();
    await expireTokens(world.server);
    return burst(world, tab, await world.endOfLog());
  },
};

export const ASLEEP: Scenario = {
  name: 'asleep',
  title: 'Twenty calls when a page wakes up after its token has run out',
  settings: { accessTokenLifetime: TOKEN_LIFE },
  columns: COLUMNS,
  slow: true,
  ownBrowser: true,
  reading: `All processes of pages are stopped five seconds after the sign-in, as a closed lid does. They go on after ${TOKEN_LIFE + 5} seconds, and the page makes its calls at once.`,
  run: async world => {
    const tab = await world.open();
    await tab.signIn();
    const issued = Date.now();
    await tab.page.waitForTimeout(5_000);
    const since = await world.endOfLog();
    const computer = await sendToSleep(world.browser);
    try {
      await runOut(issued);
    } finally {
      computer.wake();
    }
    return burst(world, tab, since);
  },
};
