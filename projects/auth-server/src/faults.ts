export const FAULT_POINTS = ['refresh', 'login', 'api', 'logout', 'any'] as const;
export const FAULT_KINDS = ['status', 'html', 'redirect', 'hang', 'drop', 'delay'] as const;

/** Which calls a fault can meet. */
export type FaultPoint = (typeof FAULT_POINTS)[number];

/**
 * What goes wrong: `status` answers with an error, `html` with a captive portal's page or, with an error's status, a firewall's, `redirect` with a 302, `hang` never,
 * `drop` does the work and cuts the connection without an answer, `delay` only takes longer.
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly id: number;
  readonly on: FaultPoint;
  /** Only calls of this path, such as `/oidc/token`. */
  readonly path?: string;
  readonly kind: FaultKind;
  /** For `status` and `html`. */
  readonly status: number;
  /** Seconds, as `Retry-After`. */
  readonly retryAfter?: number;
  /** Milliseconds to wait first; goes with every kind. */
  readonly delay: number;
  /** How many calls it still meets; 0 means until cleared. */
  readonly times: number;
}

/** Faults wait in line; each call takes the first that fits it. */
export class Faults {
  #waiting: readonly Fault[] = [];
  #lastId = 0;

  get waiting(): readonly Fault[] {
    return this.#waiting;
  }

  add(fault: Omit<Fault, 'id'>): Fault {
    const added = { ...fault, id: ++this.#lastId };
    this.#waiting = [...this.#waiting, added];
    return added;
  }

  take(point: FaultPoint, path: string): Fault | undefined {
    const fault = this.#waiting.find(
      ({ on, path: only = path }) => (on === point || on === 'any') && only === path,
    );
    if (fault !== undefined && fault.times > 0) {
      const left = fault.times - 1;
      this.#waiting = this.#waiting.flatMap(other =>
        other !== fault ? [other] : left > 0 ? [{ ...fault, times: left }] : [],
      );
    }
    return fault;
  }

  clear(): void {
    this.#waiting = [];
  }
}
