import { expireTokens } from '../../../projects/e2e/support/auth-server-admin';
import type { PeerTab } from '../world/peer-tab';
import type { World } from '../world/world';
import { type Scenario, yesOrNo } from './scenario';
import { TOKEN_LIFE, runOut } from './token-life';
import { isSignedIn } from './works-again';

const CALLS = 20;
const COLUMNS = ['answered', 'renewals', 'still signed in'];

async function burst(world: World, tab: PeerTab, since: number): Promise<readonly string[]> {
  const answers = await tab.call(world.profile, CALLS);
  const renewals = await world.renewals(since);
  const answered = answers.filter(answer => answer === 'ok').length;
  const cell = answered === CALLS ? `${CALLS}` : `**${answered}** of ${CALLS}`;
  return [cell, `${renewals.length}`, yesOrNo(await isSignedIn(world, tab))];
}

export const REJECTED: Scenario = {
  name: 'rejected',
  title: 'Twenty calls with a token that the server no longer accepts',
  settings: { accessTokenLifetime: 900 },
  columns: COLUMNS,
  slow: false,
  reading:
    'The token has not run out, so that nobody can know it beforehand: an administrator has withdrawn it, or a key was changed. Answered are those of the twenty that came back with the data. ' +
    'Renewals are counted in the log of the server.',
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
  reading: `The browser freezes the page five seconds after the sign-in, as it does with hidden tabs and as a closed lid does. It wakes up after ${TOKEN_LIFE + 5} seconds, and makes its calls at once.`,
  run: async world => {
    const tab = await world.open();
    await tab.signIn();
    const issued = Date.now();
    await tab.page.waitForTimeout(5_000);
    const since = await world.endOfLog();
    const devtools = await world.context.newCDPSession(tab.page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await runOut(issued);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    return burst(world, tab, since);
  },
};
