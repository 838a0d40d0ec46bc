import type { EndReason, SessionEvent } from 'ngx-latchkey';
import { PHASE_WORDS } from './phase-words';
import type { Tone } from './tone';

/** An event in human words. */
export interface EventWords {
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
}

const END_REASONS: Readonly<Record<EndReason, string>> = {
  user: 'Logged out here.',
  'user-other-tab': 'Logged out in another tab.',
  refused: 'The server refused to renew it.',
  'lost-response': 'The answer to a renewal was lost, and the server refused the next one.',
  expired: 'It expired and cannot be renewed.',
  'subject-changed': 'The server answered with another user.',
  'account-switch': 'Another user signed in, in another tab.',
};

export function endWords(reason: EndReason): string {
  return END_REASONS[reason];
}

export function describeEvent(event: SessionEvent): EventWords {
  switch (event.type) {
    case 'phase':
      return { tone: 'quiet', title: `${event.from} → ${event.to}`, detail: PHASE_WORDS[event.to].sentence };
    case 'signed-in':
      return { tone: 'good', title: 'Signed in', detail: 'The session is kept on this device.' };
    case 'refreshed': {
      const detail = event.by === 'this-tab' ? 'By this tab.' : 'By another tab; adopted here.';
      return { tone: 'good', title: `Token renewed (no. ${event.generation})`, detail };
    }
    case 'refresh-failed': {
      const status = event.status === undefined ? '' : ` ${event.status}`;
      const detail = `${event.code}${status}. Session kept, next try at ${clockTime(event.retryAt)}.`;
      return { tone: 'warn', title: 'Renewal failed', detail };
    }
    case 'ended':
      return {
        tone: event.reason === 'user' ? 'quiet' : 'bad',
        title: 'Session over',
        detail: endWords(event.reason),
      };
    case 'replayed':
      return {
        tone: 'busy',
        title: `${event.method} sent again`,
        detail: 'With the new token; the app saw one call.',
      };
    case 'not-replayable':
      return {
        tone: 'warn',
        title: `${event.method} not sent again`,
        detail: 'It may have been done, or its body is gone; the app gets the 401.',
      };
    case 'rejected-fresh-token':
      return {
        tone: 'bad',
        title: 'A new token is rejected too',
        detail: 'Renewing does not help; the app gets the 401.',
      };
    case 'too-many-renewals':
      return {
        tone: 'warn',
        title: 'Renewed too often',
        detail: 'The last rejections were left alone; the app gets the 401.',
      };
    case 'lock-stolen':
      return { tone: 'warn', title: 'Another tab stands still', detail: 'This tab renews in its place.' };
    case 'clock-skew': {
      const seconds = Math.round(event.skew / 1_000);
      return { tone: 'quiet', title: 'Clocks differ', detail: `The server is ${seconds} s ahead.` };
    }
    case 'logout-not-confirmed':
      return {
        tone: 'warn',
        title: 'Logged out here only',
        detail: `The server was not told (${event.code}).`,
      };
    case 'user-unknown':
      return {
        tone: 'warn',
        title: 'User unknown',
        detail: `The server did not say who it is (${event.code}).`,
      };
    case 'probe-failed':
      return {
        tone: 'warn',
        title: 'Nobody knows who is signed in',
        detail: `The server did not say (${event.code}).`,
      };
    case 'sign-in-failed':
      return { tone: 'bad', title: 'Sign-in failed', detail: `It came to nothing (${event.code}).` };
    case 'storage-degraded':
      return { tone: 'warn', title: 'Nothing can be stored', detail: 'The session lives in this tab only.' };
  }
}

/** Hours, minutes and seconds as the user's language writes them. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString();
}
