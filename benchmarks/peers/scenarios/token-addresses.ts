import { startStranger } from '../world/stranger';
import { noOrYes, type Scenario } from './scenario';

export const TOKEN_ADDRESSES: Scenario = {
  name: 'addresses',
  title: 'Who is given the token',
  settings: { accessTokenLifetime: 900 },
  columns: ['another server', 'an origin that begins like the API’s', 'a path that begins like the API’s'],
  slow: false,
  reading:
    'The application calls three addresses that it never named as its API: another server; one at `http://localhost:45670` where the API is at `http://localhost:4567/api`, as ' +
    '`https://api.example.com.evil.net` begins like `https://api.example.com`; and `/apix` beside `/api` at its own server. The first two count what reaches them.',
  run: async world => {
    const elsewhere = await startStranger(0);
    try {
      const tab = await world.open();
      await tab.signIn();
      const path = `${world.server}/apix/profile`;
      const sent = tab.page.waitForRequest(path);
      await tab.call(`${elsewhere.url}/profile`, 1);
      await tab.call(`${world.stranger.url}/api/profile`, 1);
      const calling = tab.call(path, 1);
      const { authorization } = await (await sent).allHeaders();
      await calling;
      if (elsewhere.requests() !== 1 || world.stranger.requests() !== 1)
        throw new Error('A call did not arrive.');
      const isNamed = world.built.peer.named === 'origin' && authorization !== undefined;
      return [
        noOrYes(elsewhere.authorized() > 0),
        noOrYes(world.stranger.authorized() > 0),
        isNamed ? 'yes, all of that origin was named' : noOrYes(authorization !== undefined),
      ];
    } finally {
      await elsewhere.stop();
    }
  },
};
