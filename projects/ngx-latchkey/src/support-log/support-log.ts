import type { AuthProvider, Phase, SessionEngine, SessionEvent } from 'ngx-latchkey/core';

/** Events that are kept; the oldest make room. */
const MOST = 200;

/** An event, and which session it was about. */
export type LoggedEvent = SessionEvent & {
  /** A fingerprint that tells one session from another, the same in all tabs; `null` before there was any. */
  readonly session: string | null;
};

/** What a session has been through in this tab, as plain data for `JSON.stringify`. Holds no token, no name and no id of a session. */
export interface SupportDump {
  /** When the dump was made, in milliseconds since the epoch. */
  readonly at: number;
  /** When the log began, in milliseconds since the epoch. */
  readonly since: number;
  /** The `id` of the provider. */
  readonly provider: string;
  /** Where the session stood when the dump was made. */
  readonly phase: Phase;
  /** How often each type of event has happened since the log began, those included that are no longer among `events`. */
  readonly counts: Readonly<Partial<Record<SessionEvent['type'], number>>>;
  /** The last 200 events, the oldest first. */
  readonly events: readonly LoggedEvent[];
}

/** What `withSupportLog` keeps; see `injectSupportLog`. */
export interface SupportLog {
  /** What is kept at this moment. */
  dump(): SupportDump;
}

/** Follows a session from now on. */
export function supportLog(
  engine: Pick<SessionEngine, 'listen' | 'state'>,
  { id, audience }: Pick<AuthProvider, 'id' | 'audience'>,
): SupportLog {
  const since = Date.now();
  const counts: Partial<Record<SessionEvent['type'], number>> = {};
  const events: LoggedEvent[] = [];
  let session: string | null = null;

  engine.listen((event, { record }) => {
    if (event === null) return;
    // What is told of its end is still about the session before.
    if (record !== null) session = fingerprint(`${id} ${audience} ${record.sid}`);
    counts[event.type] = (counts[event.type] ?? 0) + 1;
    events.push({ ...event, session });
    if (events.length > MOST) events.shift();
  });

  return {
    dump: () => ({
      at: Date.now(),
      since,
      provider: id,
      phase: engine.state().phase,
      counts: { ...counts },
      events: [...events],
    }),
  };
}

/** Twelve hexadecimal digits (FNV-1a): much shorter than the random id that goes in, so that nobody can find the id by them. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0').slice(-12);
}
