import type { Phase } from 'ngx-latchkey';
import type { Tone } from './tone';

interface PhaseWords {
  readonly tone: Tone;
  readonly sentence: string;
}

/** What each phase of a session means, for somebody who sees the word for the first time. */
export const PHASE_WORDS: Readonly<Record<Phase, PhaseWords>> = {
  idle: { tone: 'quiet', sentence: 'The session engine has not started yet.' },
  restoring: { tone: 'busy', sentence: 'Looking for a session kept from an earlier visit.' },
  anonymous: { tone: 'quiet', sentence: 'Nobody is signed in.' },
  authenticating: { tone: 'busy', sentence: 'A sign-in is under way.' },
  fresh: { tone: 'good', sentence: 'The token can be used; it will be renewed before it expires.' },
  renewing: { tone: 'busy', sentence: 'The token still works and is being renewed in the background.' },
  blocked: { tone: 'busy', sentence: 'The token has expired: calls wait until it is renewed.' },
  degraded: { tone: 'warn', sentence: 'A renewal failed. The token still works; the next try is planned.' },
  'in-doubt': {
    tone: 'warn',
    sentence: 'A renewal was cut off. The token still works; the renewal is not repeated while it does.',
  },
  suspended: { tone: 'warn', sentence: 'The token cannot be renewed for now. The user stays signed in.' },
  ending: { tone: 'busy', sentence: 'Logged out; the server is being told.' },
  ended: { tone: 'bad', sentence: 'The session is over. Signing in starts a new one.' },
};
