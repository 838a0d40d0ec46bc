import { replayFixtures } from '../harness/replay-fixtures';
import type { WireFixture } from '../harness/wire-fixture';
import { type AverosServer, startAverosServer } from './averos-server';
import { fixtures } from './fixtures';

describe('averos(): the dev auth server', () => {
  let server: AverosServer;

  beforeEach(async () => {
    server = await startAverosServer();
  });

  afterEach(() => server.close());

  it('answers as it is written', async () => {
    const captures = new Map<string, unknown>();
    const differences: string[] = [];
    for (const fixture of fixtures) {
      // Nobody but the user's e-mail knows these two.
      if (fixture.name === 'verify an account') {
        captures.set('verificationToken', await server.waitingToken('mary'));
      }
      if (fixture.name === 'reset a password') captures.set('resetToken', await server.waitingToken('grace'));
      differences.push(...(await replayFixtures(server.address, [withCookie(fixture)], captures)));
    }
    expect(differences).toEqual([]);
  });

  it('wants the cookie for a renewal, and not the token alone', async () => {
    const [login, renewal] = ['login', 'renewal'].map(name =>
      fixtures.filter(fixture => fixture.name === name),
    );
    const differences = await replayFixtures(server.address, [...(login ?? []), ...(renewal ?? [])]);
    expect(differences).toEqual([jasmine.stringMatching(/^renewal: the status should be 200 and is 460/)]);
  });
});

/** A browser adds the cookie by itself. The attributes that stand behind it are taken for further cookies, and do no harm. */
function withCookie(fixture: WireFixture): WireFixture {
  const { name, request } = fixture;
  if (name !== 'renewal') return fixture;
  return { ...fixture, request: { ...request, headers: { ...request.headers, Cookie: '{{text:cookie}}' } } };
}
