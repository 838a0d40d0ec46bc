import type { PlantedBug } from './engine/planted-bug';

const ENGINE = 'core/session/create-session-engine.ts';
const RENEW = 'core/session/renew.ts';
const REDUCE = 'core/session/reduce.ts';

/** Every mistake that the simulation has to find. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'no fence at commit',
    star: 'F37',
    file: RENEW,
    find: '(fenceHolds(mine, current) ? next : undefined)',
    replace: 'next',
    breaks: 'I3',
  },
  {
    name: 'no re-read under the lock',
    star: 'F38',
    file: RENEW,
    find: "if (!fenceHolds(mine, kept)) return { type: 'overtaken', record: kept };",
    replace: '',
    breaks: 'I1',
  },
  {
    name: 'stale store reads believed',
    star: 'F38',
    file: ENGINE,
    find: 'const store = { read: ports.store.read, change };',
    replace: `let seen: ReturnType<typeof ports.store.read> | null = null;
      const store = { read: () => (seen ??= ports.store.read()), change };`,
    breaks: 'I1 I12',
  },
  {
    name: 'any failure counts as refused',
    star: 'F15',
    file: RENEW,
    find: "if (isRefusal(answer) && answer.failure !== 'refused') {",
    replace: 'if (isRefusal(answer) && random() > 1) {',
    breaks: 'I4',
  },
  {
    name: '503 counts as refused',
    star: 'F14',
    file: RENEW,
    find: "answer.failure !== 'refused'",
    replace: "answer.failure !== 'refused' && answer.status !== 503",
    breaks: 'I4',
  },
  {
    name: 'the epoch is forgotten: a record read just before the logout is believed',
    star: 'F44',
    file: REDUCE,
    find: 'if (isLive(record) && record.epoch > state.endedEpoch)',
    replace: 'if (isLive(record))',
    breaks: 'I12',
  },
  {
    name: "a waiting request gets another user's token",
    star: 'F49',
    file: ENGINE,
    find: '!sameUser(asked, state.record)',
    replace: 'random() > 1',
    breaks: 'I5',
  },
  {
    name: "a page goes on as another tab's user",
    star: 'F50',
    file: REDUCE,
    find: "return sameUser(mine, record) ? live(state, record) : over(state, 'account-switch');",
    replace: 'return live(state, record);',
    breaks: 'I9',
  },
  {
    name: 'no single flight',
    star: 'F01',
    file: ENGINE,
    find: 'renewal ??= renewOnce()',
    replace: 'renewal = renewOnce()',
    breaks: 'I1',
  },
  {
    name: 'the waiting room is released twice: who has left is asked again',
    star: 'F01',
    file: 'core/session/waiting-room.ts',
    find: 'looks.delete(lookOnce);',
    replace: '',
    breaks: 'I7',
  },
  {
    name: 'Retry-After is ignored',
    star: 'F13',
    file: 'core/session/schedule.ts',
    find: 'Math.min(retryAfter ?? 0, 3600)',
    replace: '0',
    breaks: 'I7',
  },
  {
    name: 'the logout asks the server before it wipes',
    star: 'F46',
    file: ENGINE,
    find: "dispatch({ type: 'ended', reason });",
    replace: `if (session.kind === 'renewable' && session.end)
        await perform(session.end, record.held, transport, FAREWELL_DEADLINE);
      dispatch({ type: 'ended', reason });`,
    breaks: 'I12',
  },
  {
    name: 'a new token is used before it is kept',
    star: 'F55',
    file: RENEW,
    find: 'const record = await store.change(current =>',
    replace: 'const record = next; void store.change(current =>',
    breaks: 'I2',
  },
  {
    name: 'a request is sent again with the token that was rejected',
    star: 'F02',
    file: ENGINE,
    find: 'fresh.generation > rejection.generation',
    replace: 'fresh.generation >= rejection.generation',
    breaks: 'I10',
  },
];
