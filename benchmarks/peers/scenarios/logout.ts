import { requestsSince } from '../../../projects/e2e/support/request-log';
import { noOrYes, type Scenario } from './scenario';

export const LOGOUT: Scenario = {
  name: 'logout',
  title: 'A logout, and another tab',
  settings: { accessTokenLifetime: 900 },
  columns: ['the other tab sends a token', 'its call is answered', 'says somebody is signed in'],
  slow: false,
  reading: 'Both tabs are signed in. Two seconds after the logout in one, the other makes one call.',
  run: async world => {
    const first = await world.open();
    await first.signIn();
    const second = await world.open();
    await second.page.waitForTimeout(1_000);
    if (!(await second.signedIn())) await second.signIn();
    await first.logout();
    await second.page.waitForTimeout(2_000);
    const since = await world.endOfLog();
    // A tab that has gone to a login page of its own makes no call.
    const answers = await second.call(world.profile, 1).catch(() => ['gone']);
    const calls = (await requestsSince(world.server, since)).filter(({ path }) => path.startsWith('/api/'));
    return [
      noOrYes(calls.some(({ bearer }) => bearer)),
      noOrYes(answers[0] === 'ok'),
      noOrYes(await second.signedIn()),
    ];
  },
};
