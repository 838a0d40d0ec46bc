import type { Verdict } from 'ngx-latchkey/core';
import type { ApiTokenSource } from './api-token-source';

/** Milliseconds: the longest span from which a wait is drawn, and how long a connection has to last to count as one. */
const LONGEST = 30_000;
const STEADY = 10_000;

/** One connection, for one user. */
export interface Connection {
  /** Ends it, if it has not ended. Nothing is heard from it afterwards. */
  close(): void;
  /** Whether it goes on with the renewed token; else it is opened anew. */
  renew(token: string): boolean;
}

/** What a connection has to tell. */
export interface Line {
  up(): void;
  /**
   * It has broken; another one is opened in a while.
   *
   * @param verdict what the server said about the token, if that was the reason
   * @param wait milliseconds to wait at least
   */
  lost(verdict: Verdict, wait?: number): void;
  /** No other is to be opened in this session. */
  stop(): void;
}

/**
 * Holds one connection open as long as somebody is signed in. Breaks are mended after a while: anywhere within a second, or twice as
 * much after each connection that did not last, up to half a minute, so that a server that comes back is not run over.
 *
 * @param open opens one with the token; may tell at once that it failed
 * @param over called when a session ends, after its connection was closed
 * @returns closes it for good
 */
export function liveConnection(
  tokens: ApiTokenSource,
  open: (token: string, line: Line) => Connection,
  over: () => void = () => undefined,
): () => void {
  let connection: Connection | null = null;
  let carried = '';
  // Whether one will come without being asked for, and whether none is wanted in this session.
  let pending = false;
  let stopped = false;
  // What belongs to an earlier turn is void.
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let upSince = Infinity;
  let distrusted = false;

  /** Does it only if nothing has come in between. */
  function inTurn<Told extends readonly unknown[]>(act: (...told: Told) => void): (...told: Told) => void {
    const mine = turn;
    return (...told) => {
      if (mine === turn) act(...told);
    };
  }

  function hangUp(): void {
    const last = connection;
    connection = null;
    turn += 1;
    clearTimeout(timer);
    pending = false;
    last?.close();
  }

  function begin(delay: number): void {
    hangUp();
    pending = true;
    const [current, failed] = [inTurn(connect), inTurn(() => again())];
    timer = setTimeout(() => void tokens.token().then(current, failed), delay);
  }

  function connect(token: string | null): void {
    pending = false;
    if (token === null) return;
    carried = token;
    upSince = Infinity;
    const keep = inTurn(() => (connection = opened));
    const opened = open(token, {
      up: inTurn(() => (upSince = Date.now())),
      lost: inTurn(lost),
      stop: inTurn(() => {
        hangUp();
        stopped = true;
      }),
    });
    keep();
    if (connection !== opened) opened.close();
  }

  function again(wait = 0): void {
    begin(wait + Math.random() * Math.min(LONGEST, 1000 * 2 ** failures));
    failures += 1;
  }

  function lost(verdict: Verdict, wait?: number): void {
    if (Date.now() - upSince >= STEADY) {
      failures = 0;
      distrusted = false;
    }
    if (verdict === 'pass' || !tokens.rejected) {
      again(wait);
      return;
    }
    hangUp();
    pending = true;
    const heard = inTurn(() => again(wait));
    void tokens.rejected(carried, verdict, distrusted).then(heard, heard);
    distrusted = true;
  }

  const stopWatching = tokens.watch(token => {
    if (token === null) {
      hangUp();
      stopped = false;
      distrusted = false;
      failures = 0;
      over();
    } else if (connection !== null) {
      if (token === carried) return;
      carried = token;
      if (!connection.renew(token)) begin(0);
    } else if (!pending && !stopped) begin(0);
  });
  begin(0);
  return () => {
    stopWatching();
    hangUp();
  };
}
