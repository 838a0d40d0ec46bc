import type { LogEntry, RunRecord } from './log-entry';
import { verdictOf } from './verdict';

const START = Date.UTC(2026, 10, 20);

describe('The verdict of a soak', () => {
  let n: number;

  beforeEach(() => {
    n = 0;
  });

  const refresh = (presented: string, seconds: number, more: Partial<LogEntry> = {}): LogEntry => ({
    n: (n += 1),
    at: new Date(START + seconds * 1000).toISOString(),
    method: 'POST',
    path: '/auth/refresh',
    status: 200,
    bearer: false,
    authenticated: false,
    outcome: 'rotated',
    presented,
    ...more,
  });
  const call = (more: Partial<LogEntry> = {}): LogEntry => ({
    ...refresh('', 0),
    method: 'GET',
    path: '/api/profile',
    bearer: true,
    ...more,
  });
  const breaches = (run: Partial<RunRecord>): readonly string[] =>
    verdictOf({ rotation: 'grace', entries: [], disturbances: [], endings: [], ...run }).flatMap(
      ({ name, breaches: found }) => (found ?? []).map(() => name),
    );

  it('has nothing to say of a quiet run', () => {
    const entries = [refresh('a', 0), call(), refresh('b', 4), call()];
    expect(breaches({ entries, endings: [{ at: START, reason: 'user' }] })).toEqual([]);
  });

  it('finds a generation that was renewed twice', () => {
    const entries = [refresh('a', 0), refresh('a', 20, { outcome: 'repeated' })];
    expect(breaches({ entries })).toEqual(['generations that were renewed twice']);
  });

  it('lets a repeat pass whose first answer was withheld', () => {
    const entries = [
      refresh('a', 0, { status: 0, fault: 'drop' }),
      refresh('a', 20, { outcome: 'repeated' }),
    ];
    expect(breaches({ entries })).toEqual([]);
  });

  it('lets a repeat pass whose page was crashed while the answer was on its way, and none long before', () => {
    const entries = [refresh('a', 100), refresh('a', 120, { outcome: 'repeated' })];
    const crashed = (seconds: number): readonly string[] =>
      breaches({ entries, disturbances: [{ at: START + seconds * 1000, what: 'crash' }] });
    expect(crashed(101)).toEqual([]);
    expect(crashed(60)).toEqual(['generations that were renewed twice']);
  });

  it('finds a reuse without a lost answer', () => {
    const entries = [refresh('a', 0), refresh('a', 40, { status: 401, outcome: 'reused' })];
    expect(breaches({ rotation: 'strict', entries })).toEqual(['… without a lost answer']);
  });

  it('finds an end that nobody asked for', () => {
    expect(breaches({ endings: [{ at: START, reason: 'refused' }] })).toEqual(['… without a lost answer']);
  });

  it('lets a strict server end a session whose answer was lost, and no server with an overlap', () => {
    const entries = [
      refresh('a', 0, { status: 0, fault: 'drop' }),
      refresh('a', 40, { status: 401, outcome: 'reused' }),
    ];
    const endings = [{ at: START + 40_000, reason: 'lost-response' }];
    expect(breaches({ rotation: 'strict', entries, endings })).toEqual([]);
    expect(breaches({ rotation: 'grace', entries, endings })).not.toEqual([]);
  });

  it('finds an API request without a token', () => {
    expect(breaches({ entries: [call({ bearer: false })] })).toEqual(['API requests without a token']);
  });
});
