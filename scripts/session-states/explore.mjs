// Every change of phase that the reducer can make, found by trying everything that the engine may do to it.

const NOW = 1_000_000;
const LATER = NOW + 100_000;

/** The triples `{ from, input, to }` of all changes of phase. */
export function explore({ initialState, reduce }) {
  const found = new Map();
  for (const secret of ['cookie', null]) {
    const start = initialState(secret);
    const seen = new Set([key(start)]);
    const open = [start];
    const step = (state, input, now) => {
      const next = reduce(state, input, now);
      if (next.phase !== state.phase) {
        const change = { from: state.phase, input: input.type, to: next.phase };
        found.set(Object.values(change).join(' '), change);
      }
      if (seen.has(key(next))) return next;
      seen.add(key(next));
      open.push(next);
      return next;
    };
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const now of [NOW, LATER]) {
        // As the engine does it: what time alone has changed comes first.
        const timely = step(state, { type: 'time-passed' }, now);
        for (const input of possibleInputs(timely)) step(timely, input, now);
      }
    }
  }
  return [...found.values()];
}

const key = state => JSON.stringify(state);

function possibleInputs({ phase, record, renewing, secret }) {
  const renewable = secret !== null;
  if (phase === 'idle') return [{ type: 'started' }];
  const records = RECORDS.filter(({ failure }) => renewable || failure === undefined);
  return [
    ...[...records, TOMBSTONE, undefined].map(found => ({ type: 'found', record: found })),
    ...(phase === 'restoring' && record === null ? [] : [{ type: 'sign-in-started' }]),
    { type: 'sign-in-stopped' },
    ...records.filter(({ failure }) => !failure).map(fresh => ({ type: 'signed-in', record: fresh })),
    ...(phase === 'ending' ? [{ type: 'told' }] : []),
    { type: 'left' },
    ...(record === null ? [] : whileLive(record, renewing, renewable)),
  ];
}

function whileLive(record, renewing, renewable) {
  const ends = [true, false].map(telling => ({ type: 'ended', reason: 'user', telling }));
  const identified = { type: 'identified', record };
  if (!renewable) return [...ends, identified];
  if (!renewing) return [...ends, identified, { type: 'renewal-started' }];
  const same = RECORDS.filter(({ sid }) => sid === record.sid);
  return [
    ...ends,
    identified,
    ...same.filter(({ failure }) => !failure).map(next => ({ type: 'renewed', record: next })),
    ...same.filter(({ failure }) => failure).map(next => ({ type: 'renewal-failed', record: next })),
    // Too much was asked of the server lately: nothing was tried.
    { type: 'renewal-failed', record },
    ...[...RECORDS, TOMBSTONE, undefined].map(next => ({ type: 'overtaken', record: next })),
  ];
}

/** Two users, and the first of them signed in once more. */
const SIGN_INS = [
  { sid: 'ada', user: 'ada', epoch: 1 },
  { sid: 'grace', user: 'grace', epoch: 2 },
  { sid: 'ada again', user: 'ada', epoch: 2 * LATER },
];

const RECORDS = SIGN_INS.flatMap(({ sid, user, epoch }) =>
  [1, 2].flatMap(generation =>
    [null, 50_000].flatMap(life =>
      [undefined, { inDoubt: false }, { inDoubt: true }].map(failure => ({
        v: 1,
        sid,
        epoch,
        generation,
        held: { token: 't', user: { id: user } },
        receivedAt: NOW,
        life,
        failure,
      })),
    ),
  ),
);
const TOMBSTONE = { v: 1, sid: 'ada', epoch: 1, generation: 1, ended: { reason: 'user', at: NOW } };
