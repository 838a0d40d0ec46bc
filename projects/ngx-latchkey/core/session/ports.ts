import type { WireAnswer, WireRequest } from '../contract/wire';
import type { SessionRecord } from './session-record';

/** The time and one-shot timers. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs the task once after so many milliseconds; the result cancels it. */
  after(delay: number, task: () => void): () => void;
}

/** Where the one record of a session is kept: the truth that all tabs share. */
export interface RecordStore {
  /** The record as it is now; `undefined` where there is none. */
  read(): Promise<SessionRecord | undefined>;
  /**
   * Reads, decides and writes in one transaction; `undefined` leaves the record as it is.
   * Resolves with the record as it is afterwards, once it is durable.
   */
  change(
    decide: (current: SessionRecord | undefined) => SessionRecord | undefined,
  ): Promise<SessionRecord | undefined>;
}

/** Puts the work of all tabs on one session in order. */
export interface Lock {
  /** Whether it holds across tabs; where it does not, the record alone keeps order. */
  readonly sure: boolean;
  /**
   * Runs the task while nobody else runs one; rejects with `lock-timeout` if it is not its turn within so many milliseconds, and with
   * `held-elsewhere` while another tab alone knows the newest token.
   *
   * @param steal takes the turn from whoever has it and does not finish
   */
  exclusive<Result>(task: () => Promise<Result>, patience: number, steal?: boolean): Promise<Result>;
}

/** Tells the other tabs that the record may have changed. Carries nothing else. */
export interface Channel {
  announce(): void;
  /** Calls back when another tab has announced something. The result stops it. */
  listen(heard: () => void): () => void;
}

/** Sends one request; rejects with an `AuthError` (`unreachable`, `no-answer`) when there is no answer within `deadline` milliseconds. */
export type Transport = (request: WireRequest, deadline: number) => Promise<WireAnswer>;

/** Signs of life of the page. */
export interface Attention {
  /** Whether a person may be looking at the page. */
  visible(): boolean;
  /** `false` when there is certainly no network. */
  online(): boolean;
  /** Calls back when the page is shown, woken up or online again, and when it is left and cannot hear any more. The result stops it. */
  listen(woken: () => void, left: () => void): () => void;
}

/** Everything the engine needs from outside. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly store: RecordStore;
  readonly lock: Lock;
  readonly channel: Channel;
  readonly transport: Transport;
  readonly attention: Attention;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** A name that nobody else has or can guess. */
  readonly uniqueId: () => string;
}
