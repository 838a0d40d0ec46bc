import type { LoggedRequest } from '../e2e/support/request-log';

/** One line of the server's log, with what tells sessions and refresh tokens from each other. */
export interface LogEntry extends LoggedRequest {
  /** ISO 8601, by the server's clock. */
  readonly at: string;
  readonly session?: string;
  /** What tells the refresh token that came along from others. */
  readonly presented?: string;
}

/** Something that the driver did to the pages, after which answers that were on their way may have arrived nowhere. */
export interface Disturbance {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly what: string;
}

/** The end of a session as a page told it. */
export interface Ending {
  readonly at: number;
  readonly reason: string;
}

/** Everything that a run leaves behind. */
export interface RunRecord {
  readonly rotation: 'grace' | 'strict';
  readonly entries: readonly LogEntry[];
  readonly disturbances: readonly Disturbance[];
  readonly endings: readonly Ending[];
}
