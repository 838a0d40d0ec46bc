import type { RenewableSession } from '../contract/session-kind';
import type { SessionPorts } from './ports';
import type { SessionHappening } from './session-event';

/** What a renewal needs beside the session that is renewed. */
export interface Renewal {
  readonly session: RenewableSession;
  readonly ports: SessionPorts;
  readonly tell: (happening: SessionHappening) => void;
  /** Milliseconds that the server's clock is ahead of the local one. */
  readonly skew: () => number;
  /** Whether an API called the token dead: it is of no use any more, and the renewal counts as one without need. */
  readonly forced: boolean;
}
