import { replayFixtures } from '../harness/replay-fixtures';
import { startFirebaseDouble } from './firebase-double';
import { FIREBASE_FIXTURES } from './wire-fixtures';

describe('firebase: the double', () => {
  it('answers as Firebase does', async () => {
    const double = await startFirebaseDouble();
    try {
      expect(await replayFixtures(double.address, FIREBASE_FIXTURES)).toEqual([]);
    } finally {
      await double.close();
    }
  });
});
