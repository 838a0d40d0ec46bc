/** The auth server's admin endpoints, which make it misbehave. */
export interface Fault {
  readonly on: 'refresh' | 'login' | 'api' | 'logout' | 'any';
  readonly kind: 'status' | 'html' | 'redirect' | 'hang' | 'drop' | 'delay';
  /** Only calls of this path. */
  readonly path?: string;
  readonly status?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Milliseconds. */
  readonly delay?: number;
  /** Default 1; 0 until cleared. */
  readonly times?: number;
}

export function addFault(server: string, fault: Fault): Promise<void> {
  return post(server, 'faults', fault);
}

/** All access tokens issued so far are refused from now on. */
export function expireTokens(server: string): Promise<void> {
  return post(server, 'expire', {});
}

/** All sessions are over. */
export function revokeSessions(server: string): Promise<void> {
  return post(server, 'revoke', {});
}

/** @param accessTokenLifetime seconds, for tokens from now on */
export function setTokenLife(server: string, accessTokenLifetime: number): Promise<void> {
  return changeSettings(server, { accessTokenLifetime });
}

/** What the server does from now on; lifetimes and the overlap in seconds. */
export interface ServerSettings {
  readonly accessTokenLifetime?: number;
  readonly rotation?: 'grace' | 'strict';
  readonly overlap?: number;
  /** Whether DPoP proofs need a nonce of the server's. */
  readonly dpopNonce?: 'optional' | 'required';
}

export function changeSettings(server: string, settings: ServerSettings): Promise<void> {
  return post(server, 'settings', settings);
}

/** @param offset seconds that the server's clock is ahead of the computer's */
export function turnClock(server: string, offset: number): Promise<void> {
  return post(server, 'clock', { offset });
}

/** Back to the seeded users: no sessions, no faults, an empty log. */
export function reset(server: string): Promise<void> {
  return post(server, 'reset', {});
}

async function post(server: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${server}/admin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`POST /admin/${path} answered ${response.status}: ${await response.text()}`);
}
