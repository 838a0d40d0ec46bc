import { AuthError, type TokenSource, authError, readJwt } from 'ngx-latchkey/core';
import { FeathersServiceError, callService } from './call-service';
import { isNotAuthenticated, isStrategyMissing } from './feathers-failure';
import type { FeathersSocket } from './feathers-socket';
import { type Callers, socketCallers } from './socket-callers';

/** Options of {@link keepSocketAuthenticated}. */
export interface KeptSocketOptions {
  /** The authentication service. Default `authentication`. */
  readonly service?: string;
  /** The strategy that takes an access token. Default `jwt`. */
  readonly jwtStrategy?: string;
  /** Hears why the connection could not be authenticated; it is tried again if that may help (`not-now`). */
  readonly failed?: (error: AuthError) => void;
}

/** A socket whose connection is authenticated whenever somebody is signed in. */
export interface KeptSocket {
  /**
   * Resolves when the connection is authenticated.
   *
   * @throws AuthError `unauthenticated` when nobody is signed in, `session-refused`, `not-connected` after fifteen seconds
   */
  authenticated(): Promise<void>;
  /** Calls a service as soon as the connection is authenticated; see {@link callService}. */
  call(method: string, service: string, ...values: readonly unknown[]): Promise<unknown>;
  /** Leaves the socket alone from now on, as it is. */
  stop(): void;
}

/** Milliseconds without a failure after which the next is the first again. */
const CALM = 60_000;
const LONGEST_PAUSE = 30_000;

/**
 * Authenticates a connection of socket.io with the session's token: when it connects, again after each loss, and when there is a new
 * token. Feathers cuts a connection when its token runs out, and socket.io leaves it so; it is taken up again with the next token.
 * The connection is closed when nobody is signed in, and opened when somebody is.
 *
 * @example
 * const socket = io('https://api.example.com', { autoConnect: false });
 * const kept = keepSocketAuthenticated(socket, tokens);
 * await kept.call('find', 'messages');
 */
export function keepSocketAuthenticated(
  socket: FeathersSocket,
  tokens: TokenSource,
  options: KeptSocketOptions = {},
): KeptSocket {
  const { service = 'authentication', jwtStrategy = 'jwt' } = options;
  const callers: Callers = socketCallers();
  /** The token that the connection was authenticated with last. */
  let shown: string | null = null;
  // The same before the server has answered.
  let offered: string | null = null;
  /** Whether the application wants a connection: it may have closed the socket itself. */
  let wanted = true;
  let closing = false;
  // What an older attempt comes to is of no use.
  let attempt = 0;
  let failures = 0;
  let failedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Brings the connection to where it should be. */
  async function attend(): Promise<void> {
    clearTimeout(timer);
    const mine = ++attempt;
    try {
      const token = await tokens.token();
      if (mine !== attempt || (!wanted && !socket.connected)) return;
      if (token === null) close(authError('needs-user', 'unauthenticated'));
      // The event of the connection leads back to here.
      else if (!socket.connected) connect();
      else if (offered !== null && readJwt(offered)?.sub !== readJwt(token)?.sub) reconnect();
      else {
        offered = token;
        if (token !== shown)
          await callService(socket, 'create', service, { strategy: jwtStrategy, accessToken: token });
        if (mine !== attempt) return;
        shown = token;
        callers.open();
      }
    } catch (error) {
      if (mine === attempt) fail(error);
    }
  }

  function fail(error: unknown): void {
    const reason = reasonOf(error);
    if (reason.failure === 'not-now') attendLater();
    else close(reason);
    if (reason.code !== 'session-ended') options.failed?.(reason);
  }

  function attendLater(): void {
    const now = Date.now();
    failures = now - failedAt > CALM ? 1 : failures + 1;
    failedAt = now;
    // The first cut is the end of a token as a rule; a server that cuts again and again is left alone for longer each time.
    const pause = failures === 1 ? 0 : Math.min(1_000 * 2 ** (failures - 2), LONGEST_PAUSE);
    clearTimeout(timer);
    timer = setTimeout(() => void attend(), pause * (0.5 + Math.random() / 2));
  }

  function close(reason: AuthError): void {
    attempt += 1;
    clearTimeout(timer);
    callers.close(reason);
    disconnect();
  }

  function connect(): void {
    callers.wait();
    socket.connect();
  }

  function disconnect(): void {
    closing = true;
    socket.disconnect();
    closing = false;
  }

  /** What the server knows of a connection, such as its channels, is one person's. */
  function reconnect(): void {
    disconnect();
    connect();
  }

  function connected(): void {
    wanted = true;
    callers.wait();
    void attend();
  }

  function disconnected(reason: unknown): void {
    shown = offered = null;
    if (closing) return;
    attempt += 1;
    callers.wait();
    if (reason === 'io server disconnect') attendLater();
    if (reason !== 'io client disconnect') return;
    wanted = false;
    callers.close(authError('not-now', 'not-connected'));
  }

  socket.on('connect', connected);
  socket.on('disconnect', disconnected);
  const unwatch = tokens.watch(token => {
    if (token === null) close(authError('needs-user', 'unauthenticated'));
    else {
      if (!socket.connected && wanted) callers.wait();
      void attend();
    }
  });
  void attend();

  return {
    authenticated: callers.admitted,
    async call(method, name, ...values) {
      await callers.admitted();
      return callService(socket, method, name, ...values);
    },
    stop() {
      attempt += 1;
      clearTimeout(timer);
      unwatch();
      socket.off('connect', connected);
      socket.off('disconnect', disconnected);
      callers.close(authError('not-now', 'not-connected'));
    },
  };
}

function reasonOf(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  const failure = error instanceof FeathersServiceError ? error.failure : null;
  if (isNotAuthenticated(failure)) return authError('refused', 'session-refused');
  if (isStrategyMissing(failure)) return authError('misconfigured', 'strategy-not-allowed');
  return new AuthError({ failure: 'not-now', code: 'server-error', detail: failure?.message });
}
