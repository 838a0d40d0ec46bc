/** The token policy that can change while the server runs. Lifetimes and overlap in seconds. */
export interface TokenPolicy {
  readonly accessTokenLifetime: number;
  readonly refreshTokenLifetime: number;
  readonly rotation: 'grace' | 'strict';
  readonly overlap: number;
}

/** A fault to ask the server for. */
export interface FaultOrder {
  readonly on: 'refresh' | 'login' | 'api' | 'logout' | 'any';
  readonly kind: 'status' | 'html' | 'redirect' | 'hang' | 'drop' | 'delay';
  readonly status?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Milliseconds. */
  readonly delay?: number;
  readonly times?: number;
}

export interface WaitingFault extends FaultOrder {
  readonly id: number;
  readonly times: number;
}

/** The part of `GET /admin/state` that the demo shows. */
export interface ServerState {
  readonly version: string;
  readonly settings: TokenPolicy;
  readonly sessions: readonly { readonly id: string; readonly username: string; readonly status: string }[];
  readonly faults: readonly WaitingFault[];
}

/** A user as the server's APIs show it. */
export interface ServerUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}

/** One line of the server's request log. */
export interface LoggedRequest {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly authenticated: boolean;
}
