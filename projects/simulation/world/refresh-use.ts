import type { Page } from './page';

/** One use of a refresh token, as the one who knows everything sees it. */
export interface RefreshUse {
  readonly secret: string;
  readonly page: Page;
  readonly sentAt: number;
  /** Whether an API's rejection or a user is behind it, rather than the schedule. */
  readonly forced: boolean;
  /** When the page stopped waiting for the answer. */
  closedAt: number | null;
  /** What the page learned: nothing at all, or the status of an answer. */
  learned: 'nothing' | number;
  /** Whether the answer that the page got was JSON of the auth server itself. */
  genuine: boolean;
  /** Seconds that the server asked to wait, if the page learned that. */
  retryAfter: number;
  /** The refresh token that the server gave for it. */
  successor: string | null;
  /** Whether the page was frozen at any time between sending it and taking its answer in. */
  stalled: boolean;
}

/** Whether the page that sent it still waits. */
export function isUnderWay(use: RefreshUse): boolean {
  return use.closedAt === null && !use.page.gone;
}

/** Whether the page holds the successor, or did while it lived. */
export function wasAnswered(use: RefreshUse): boolean {
  return use.learned === 200 && use.genuine && use.successor !== null;
}
