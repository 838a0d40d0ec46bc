import { describeFirebase } from '../../firebase/firebase-behaviour';
import { replayFixtures } from '../../harness/replay-fixtures';
import { FIREBASE_FIXTURES } from '../../firebase/wire-fixtures';
import { installFirebaseEmulator, startFirebaseEmulator } from './firebase-emulator';

installFirebaseEmulator();
jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;

describe('firebase: the emulator', () => {
  it('answers as the fixtures say', async () => {
    const emulator = await startFirebaseEmulator();
    try {
      expect(await replayFixtures(emulator.address, FIREBASE_FIXTURES)).toEqual([]);
    } finally {
      await emulator.close();
    }
  });
});

describeFirebase('the emulator', startFirebaseEmulator);
