import type { SessionInput } from './reduce';
import type { Phase } from './session-state';

/** A change of phase, for any of the phases named. */
export interface Transition {
  readonly id: string;
  readonly from: readonly Phase[];
  readonly input: SessionInput['type'];
  readonly to: readonly Phase[];
  readonly meaning: string;
}

/** Nobody is signed in. */
const OUT: readonly Phase[] = ['anonymous', 'authenticating', 'ending', 'ended'];
/** Somebody is, and the token can be sent. */
const USABLE: readonly Phase[] = ['fresh', 'degraded', 'in-doubt'];
const LIVE: readonly Phase[] = [...USABLE, 'renewing', 'blocked', 'suspended'];
const AT_REST: readonly Phase[] = [...USABLE, 'blocked', 'suspended'];
const SIGNED_IN: readonly Phase[] = ['fresh', 'blocked'];

/**
 * Every change of phase that the reducer can make; `npm run states` keeps it equal to the code and draws `docs/session-states.md` from it. It is
 * no part of the library.
 */
export const TRANSITIONS: readonly Transition[] = [
  row('T01', ['idle'], 'started', ['restoring'], 'the application starts in a browser'),
  row('T02', ['restoring'], 'found', ['anonymous'], 'nothing is kept'),
  row('T03', ['restoring'], 'found', [...AT_REST, 'renewing'], 'a session is kept'),
  row('T04', OUT, 'found', AT_REST, 'somebody signed in, in another tab'),
  row('T05', USABLE, 'found', AT_REST, 'another tab renewed the session, or failed to'),
  row(
    'T06',
    ['suspended'],
    'found',
    [...USABLE, 'blocked'],
    'another tab renewed the session, or tries again',
  ),
  row('T07', ['blocked'], 'found', ['renewing', 'suspended', ...USABLE], 'another tab came first'),
  row(
    'T08',
    ['renewing'],
    'found',
    AT_REST,
    'somebody signed in anew, in another tab, or its token has run out',
  ),
  row('T09', [...LIVE, 'restoring'], 'found', ['ended'], 'another tab logged out or changed the user'),
  row('T10', ['anonymous', 'ending', 'ended'], 'sign-in-started', ['authenticating'], 'a sign-in begins'),
  row('T11', ['authenticating'], 'sign-in-stopped', ['anonymous', 'ended'], 'the sign-in came to nothing'),
  row('T12', [...OUT, 'restoring'], 'signed-in', [...SIGNED_IN, 'restoring'], 'the server accepted the user'),
  row('T13', LIVE, 'signed-in', SIGNED_IN, 'somebody signed in over a session'),
  row('T14', USABLE, 'renewal-started', ['renewing'], 'the token is to be replaced before it runs out'),
  row('T15', ['suspended'], 'renewal-started', ['blocked'], 'the renewal is tried again'),
  row('T16', ['renewing', 'blocked'], 'renewed', SIGNED_IN, 'the server sent a new token'),
  row(
    'T17',
    ['renewing', 'blocked'],
    'renewal-failed',
    ['degraded', 'fresh'],
    'nobody knows, or too much was asked; the token still serves',
  ),
  row('T18', ['renewing', 'blocked'], 'renewal-failed', ['in-doubt'], 'a strict server may have renewed'),
  row('T19', ['renewing', 'blocked'], 'renewal-failed', ['suspended'], 'nobody knows, and no token serves'),
  row('T20', ['renewing', 'blocked'], 'overtaken', AT_REST, 'another tab came first'),
  row('T21', ['renewing', 'blocked', 'restoring'], 'overtaken', ['ended'], 'the session ended meanwhile'),
  row('T22', LIVE, 'left', ['restoring'], 'the page is frozen, or kept for the way back'),
  row('T23', [...LIVE, 'restoring'], 'ended', ['ending'], 'the user logs out'),
  row('T24', [...LIVE, 'restoring'], 'ended', ['ended'], 'an API proved the end'),
  row('T25', ['ending'], 'told', ['ended'], 'the server knows of the logout, or could not be reached'),
  row('T26', ['fresh', 'renewing'], 'time-passed', ['blocked'], 'the token runs out'),
  row('T27', ['degraded', 'in-doubt'], 'time-passed', ['suspended'], 'the token runs out'),
  row('T28', ['blocked'], 'time-passed', ['fresh', 'renewing'], 'the clock was set back'),
  row('T29', ['suspended'], 'time-passed', ['degraded', 'in-doubt'], 'the clock was set back'),
];

function row(
  id: string,
  from: readonly Phase[],
  input: SessionInput['type'],
  to: readonly Phase[],
  meaning: string,
): Transition {
  return { id, from, input, to, meaning };
}
