import { addFault } from '../../../projects/e2e/support/auth-server-admin';
import type { PeerTab } from '../world/peer-tab';
import type { World } from '../world/world';
import { type Scenario, yesOrNo } from './scenario';
import { TOKEN_LIFE, runOut } from './token-life';
import { isSignedIn } from './works-again';

const CALLS = 5;
/** Milliseconds that a renewal takes, as over a network: on one machine a race would be a matter of luck. */
const LATENCY = 200;

/** Both tabs live through the end of their tokens and then call at the same time. */
async function liveThroughTheEnd(
  world: World,
  tabs: readonly PeerTab[],
  issued: number,
  since: number,
): Promise<readonly string[]> {
  await addFault(world.server, { on: 'any', path: world.tokenPath, kind: 'delay', delay: LATENCY, times: 0 });
  await runOut(issued);
  const answers = (await Promise.all(tabs.map(tab => tab.call(world.profile, CALLS)))).flat();
  const refused = (await world.renewals(since)).filter(({ status }) => status === 400 || status === 401);
  const answered = answers.filter(answer => answer === 'ok').length;
  const all = tabs.length * CALLS;
  const signedIn = await Promise.all(tabs.map(tab => isSignedIn(world, tab)));
  const count = signedIn.filter(is => is).length;
  return [
    answered === all ? `${all}` : `**${answered}** of ${all}`,
    refused.length === 0 ? '0' : `**${refused.length}**`,
    count === tabs.length ? 'both' : count === 0 ? '**none**' : '**one**',
  ];
}

const LIVED = ['answered', 'renewals refused', 'signed in at the end'];
const SETTINGS = { accessTokenLifetime: TOKEN_LIFE, rotation: 'strict' } as const;

export const TWO_TABS: Scenario = {
  name: 'two-tabs',
  title: 'Two tabs at a server that rotates strictly',
  settings: SETTINGS,
  columns: ['second tab is signed in', ...LIVED],
  slow: true,
  reading:
    'The server ends the session when a refresh token comes twice, as RFC 9700 recommends. The second tab is opened by its address; where it is not signed in by itself, it signs in, for which the ' +
    'issuer asks no password again. Tokens then run out by time in both, and both make five calls at once; a renewal takes a fifth of a second, as over a network. Who keeps tokens in `sessionStorage` has a session of its own in each tab, ' +
    'which cannot get in the way of another.',
  run: async world => {
    const first = await world.open();
    await first.signIn();
    const second = await world.open();
    await second.page.waitForTimeout(2_000);
    const byItself = await second.signedIn();
    if (!byItself) await second.signIn();
    const since = await world.endOfLog();
    const cells = await liveThroughTheEnd(world, [first, second], Date.now(), since);
    return [yesOrNo(byItself), ...cells];
  },
};

export const DUPLICATED: Scenario = {
  name: 'duplicated',
  title: 'A tab that was duplicated, at the same server',
  settings: SETTINGS,
  columns: LIVED,
  slow: true,
  reading:
    'The same, but the second tab is a duplicate of the first, which copies its `sessionStorage`, as “Duplicate tab” and `window.open` do.',
  run: async world => {
    const first = await world.open();
    await first.signIn();
    const issued = Date.now();
    const opened = world.context.waitForEvent('page');
    await first.page.evaluate(() => void window.open('/'));
    const second = world.adopt(await opened);
    await second.ready();
    await second.page.waitForTimeout(2_000);
    if (!(await second.signedIn())) await second.signIn();
    return liveThroughTheEnd(world, [first, second], issued, await world.endOfLog());
  },
};
