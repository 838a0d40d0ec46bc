import { type Fault, addFault } from '../../../projects/e2e/support/auth-server-admin';
import type { World } from '../world/world';
import { type Scenario, yesOrNo } from './scenario';
import { TOKEN_LIFE, runOut } from './token-life';
import { worksAgain } from './works-again';

const CALLS = 5;
/** Milliseconds in which it has to work again. */
const PATIENCE = 60_000;

async function failOnce(world: World, fault: Omit<Fault, 'on' | 'path'>): Promise<readonly string[]> {
  const tab = await world.open();
  await tab.signIn();
  const issued = Date.now();
  const since = await world.endOfLog();
  await addFault(world.server, { on: 'any', path: world.tokenPath, ...fault });
  await runOut(issued);
  const answers = await tab.call(world.profile, CALLS);
  const answered = answers.filter(answer => answer === 'ok').length;
  const worked = await worksAgain(world, tab, PATIENCE);
  const renewals = await world.renewals(since);
  await tab.page.reload();
  const reloaded = (await worksAgain(world, tab, 10_000)) !== null;
  return [
    answered === CALLS ? `${CALLS}` : `**${answered}** of ${CALLS}`,
    worked === null ? '**no**' : worked < 1_000 ? 'yes' : `yes, after ${Math.ceil(worked / 1_000)} s`,
    yesOrNo(reloaded),
    `${renewals.length}`,
  ];
}

const COLUMNS = ['answered', 'works again without a click', 'works after a reload', 'renewals tried'];

function failing(name: string, title: string, reading: string, fault: Omit<Fault, 'on' | 'path'>): Scenario {
  return {
    name,
    title,
    settings: { accessTokenLifetime: TOKEN_LIFE },
    columns: COLUMNS,
    slow: true,
    reading,
    run: world => failOnce(world, fault),
  };
}

export const UNAVAILABLE = failing(
  'unavailable',
  'A renewal that is answered with 503, once',
  `The first renewal meets a server that is just being deployed; it is well again at once. When the token has run out the page makes five calls. It has a minute to work again by itself, and is then reloaded.`,
  { kind: 'status', status: 503 },
);

export const WEB_PAGE = failing(
  'web-page',
  'A renewal that is answered with a web page, once',
  'The same with a captive portal: status 200, and HTML where tokens were expected.',
  { kind: 'html' },
);

export const CUT = failing(
  'cut',
  'A renewal whose answer gets lost, once',
  'The same with a connection that is cut after the server has rotated the token. This server still takes the token before for half a minute (“grace”), and ends the session for whoever comes with it later.',
  { kind: 'drop' },
);
