import { describeFirebase } from '../../firebase/firebase-behaviour';
import { replayFixtures } from '../../harness/replay-fixtures';
import { FIREBASE_FIXTURES } from '../../firebase/wire-fixtures';
import { firebaseEmulator, startFirebaseEmulator } from './firebase-emulator';

jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
const script = firebaseEmulator();

describe('firebase: the emulator', () => {
  if (script === null) {
    xit('is not there');
    return;
  }
  it('answers as the fixtures say', async () => {
    const emulator = await startFirebaseEmulator(script);
    try {
      expect(await replayFixtures(emulator.address, FIREBASE_FIXTURES)).toEqual([]);
    } finally {
      await emulator.close();
    }
  });
});

if (script !== null) describeFirebase('the emulator', () => startFirebaseEmulator(script));
