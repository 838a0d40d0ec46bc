import { replayFixtures } from '../harness/replay-fixtures';
import { type EightBaseDouble, startEightBaseDouble } from './eight-base-double';
import { fixtures } from './fixtures';

describe('eightBase double:', () => {
  let double: EightBaseDouble;

  beforeEach(async () => {
    double = await startEightBaseDouble();
  });

  afterEach(() => double.close());

  it('answers as it is written', async () => {
    const expiredToken = await double.pool.idToken({ sub: '7', email: 'ada@example.test' }, -1);
    const differences = await replayFixtures(
      double.address,
      fixtures,
      new Map<string, unknown>([['expiredToken', expiredToken]]),
    );
    expect(differences).toEqual([]);
  });

  it('looks at an old token first, whatever is asked, and rotates refresh tokens', async () => {
    const old = await double.pool.idToken({ sub: '7', email: 'ada@example.test' }, -1);
    const account = double.pool.accounts.get('ada@example.test');
    if (!account) throw new Error('ada is gone');
    const { refreshToken } = await double.pool.tokensFor(account);
    const renewal = fixtures
      .filter(({ name }) => name.startsWith('renewal'))
      .map(fixture => ({
        ...fixture,
        request: { ...fixture.request, headers: { Authorization: `Bearer ${old}` } },
      }));
    const [withOldToken] = await replayFixtures(
      double.address,
      renewal,
      new Map<string, unknown>([['refreshToken', refreshToken]]),
    );
    expect(withOldToken).toMatch(/Token expired|userRefreshToken/);
    expect(double.pool.knows(refreshToken)).toBeTrue();
  });
});
