import type { Refusal } from '../../projects/ngx-latchkey/core/contract/refusal';
import { withFailure } from '../../projects/ngx-latchkey/core/session/renewal-failure';
import { type Circumstances, renewalMoment } from '../../projects/ngx-latchkey/core/session/schedule';
import type { LiveRecord } from '../../projects/ngx-latchkey/core/session/session-record';
import type { SessionState } from '../../projects/ngx-latchkey/core/session/session-state';
import type { NamedPolicy, Policy } from './policy';
import { tokenRecord } from './token-record';
import type { World } from './world';

/** Milliseconds that a page takes its time after a long absence, and that a request waits; as the engine has them. */
const LONG_CALM = 30_000;
const PATIENCE = 15_000;

/** What the library does: its own functions decide every moment. */
export const latchkey: NamedPolicy = { name: 'ngx-latchkey', create: latchkeyPolicy };

/** The same functions with every draw the same, to show what the jitter is good for. */
export const latchkeyWithoutJitter: NamedPolicy = {
  name: 'ngx-latchkey without jitter',
  create: world => latchkeyPolicy(world, () => 0.5),
};

function latchkeyPolicy({ clients, life, waitedFor }: World, random: () => number): Policy {
  // A million records do not fit in a moment's memory: what the next decision needs of them is kept in columns.
  const failures = new Uint16Array(clients);
  const strainLevel = new Float64Array(clients);
  const strainAt = new Float64Array(clients);
  const waitsUntil = new Float64Array(clients);

  return {
    appear(client, now) {
      if (waitedFor) waitsUntil[client] = now + PATIENCE;
      const calmUntil = now + random() * LONG_CALM;
      const state = stateOf(tokenRecord(-life, life));
      return Math.max(now, renewalMoment(state, { ...WATCHED, now, waitedFor, wokenAt: now, calmUntil }));
    },
    fail(client, now, retryAfter) {
      const refusal: Refusal = { failure: 'not-now', code: 'server-error', status: 503, retryAfter };
      const record = withFailure(recordOf(client), refusal, 'back-off', random(), now);
      failures[client] = record.failure?.count ?? 0;
      strainLevel[client] = record.strain?.level ?? 0;
      strainAt[client] = record.strain?.at ?? 0;
      const state = stateOf(record);
      const patience = waitsUntil[client] ?? 0;
      const waited = now < patience ? renewalMoment(state, { ...WATCHED, now, waitedFor: true }) : Infinity;
      return waited < patience ? waited : renewalMoment(state, { ...WATCHED, now });
    },
    receive(client, now) {
      failures[client] = 0;
      return renewalMoment(stateOf(tokenRecord(now, life)), { ...WATCHED, now, jitter: random() });
    },
  };

  function recordOf(client: number): LiveRecord {
    const strain = { level: strainLevel[client] ?? 0, at: strainAt[client] ?? 0 };
    const count = failures[client] ?? 0;
    // Of an earlier failure only the number counts.
    const failure = count === 0 ? undefined : { ...EARLIER, count };
    return {
      v: 1,
      sid: '',
      epoch: 1,
      generation: 1,
      held: NOTHING,
      receivedAt: -life,
      life,
      strain,
      failure,
    };
  }
}

function stateOf(record: LiveRecord): SessionState {
  return {
    phase: record.failure ? 'degraded' : 'fresh',
    secret: 'cookie',
    record,
    endedEpoch: 0,
    renewing: false,
    away: false,
    endReason: null,
  };
}

const NOTHING = { token: '' };

const EARLIER = {
  failure: 'not-now',
  code: 'server-error',
  at: 0,
  notBefore: 0,
  retryAt: 0,
  inDoubt: false,
  again: false,
} as const;

const WATCHED: Circumstances = {
  now: 0,
  visible: true,
  online: true,
  busy: false,
  waitedFor: false,
  jitter: 0,
  wokenAt: -Infinity,
  calmUntil: -Infinity,
};
