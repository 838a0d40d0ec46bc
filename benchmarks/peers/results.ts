import type { CallCost } from './measures/call-cost';
import type { Size } from './measures/size';
import type { Peer } from './peer';

/** What came of one application in one scenario: a cell for each column, or why there is none. */
export type Outcome = { readonly cells: readonly string[] } | { readonly crashed: string };

/** Everything about one library. */
export interface PeerResult {
  readonly peer: Peer;
  readonly version: string | null;
  readonly lines: number;
  /** Of its application, the bare one's not taken off. */
  readonly size: Size | { readonly crashed: string } | null;
  readonly cost: CallCost | { readonly crashed: string } | null;
  /** By the scenario's name. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

export interface Results {
  readonly peers: readonly PeerResult[];
  /** What could not be installed or built, and why. */
  readonly skipped: readonly { readonly peer: Peer; readonly why: string }[];
  /** The bare application. */
  readonly bare: Size | null;
  readonly chromium: string;
  readonly angular: string;
  /** Such as `2026-11-21`. */
  readonly day: string;
}

/** The first line of what went wrong, for a table. */
export function inShort(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n').find(line => line.trim() !== '') ?? '').trim().slice(0, 240);
}
