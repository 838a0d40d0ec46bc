import type { Access } from './access.js';
import type { BffSessions } from './bff/bff-sessions.js';
import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import type { OpenIdIssuer } from './oidc/openid-issuer.js';
import type { RequestLog } from './request-log.js';
import type { Sessions } from './sessions.js';
import type { Settings, TokenPolicy } from './settings.js';
import type { Store } from './store.js';
import type { Users } from './users.js';

/** What the routes work with. */
export interface Core {
  readonly version: string;
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: Clock;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly access: Access;
  readonly openid: OpenIdIssuer;
  readonly bff: BffSessions;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** How often each thing happened, keyed like `refresh.rotated`. */
  readonly counters: Map<string, number>;
  /** Aborted when the server closes: what waits, stops waiting. */
  readonly closing: AbortSignal;
  /** The settings that change while the server runs. */
  policy: TokenPolicy;
  /** Where the server listens. */
  url: string;
  /** Back to the seeds: no sessions, no faults, no log, no skew, settings as configured. */
  reset(): Promise<void>;
}
