import { describeFirebase } from './firebase-behaviour';
import { startFirebaseDouble } from './firebase-double';

describeFirebase('the double', () => startFirebaseDouble());
