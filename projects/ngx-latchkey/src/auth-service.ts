import { Injectable, type Signal, computed, inject, signal } from '@angular/core';
import {
  AuthError,
  type AuthUser,
  type Challenge,
  type JsonObject,
  type JwtClaims,
  type Phase,
  type SessionEvent,
  type SignInOutcome,
  readJwt,
} from 'ngx-latchkey/core';
import { Observable } from 'rxjs';
import { AUTH_SETUP } from './auth-setup';

/** Whether somebody is signed in. `'unknown'` until the kept session has been read, and always on a server. */
export type AuthStatus = 'unknown' | 'authenticated' | 'anonymous';

/**
 * The session of the application.
 *
 * @example
 * readonly auth = inject(AuthService);
 * // in the template: auth.user()?.name, auth.isAuthenticated(), (click)="auth.logout()"
 */
@Injectable({ providedIn: 'root' })
export class AuthService {
  private readonly setup = inject(AUTH_SETUP);
  private readonly engine = this.setup.engine;
  private readonly inBrowser = this.setup.inBrowser;
  private readonly failure = signal<AuthError | null>(null);
  private readonly state = signal(this.engine.state());

  /** `'unknown'`, `'authenticated'` or `'anonymous'`. A server in trouble does not change it: only its refusal or a logout does. */
  readonly status: Signal<AuthStatus> = computed(() => {
    const { phase, record } = this.state();
    if (phase === 'idle' || phase === 'restoring') return 'unknown';
    return record === null ? 'anonymous' : 'authenticated';
  });

  /** How the session is doing in detail; see {@link Phase}. `'suspended'` is the time to show "reconnecting". */
  readonly phase: Signal<Phase> = computed(() => this.state().phase);

  /** Who is signed in, or `null` while nobody is or nobody knows. */
  readonly user: Signal<AuthUser | null> = computed(() => this.state().record?.held.user ?? null);

  /** The claims of the token if it is a JWT, unverified and for display only; else `null`. */
  readonly claims: Signal<JwtClaims | null> = computed(() => readJwt(this.state().record?.held.token));

  /**
   * Why the user is not signed in who has just come back from where the sign-in happens, or `null`: `transaction-unknown`, or what the provider
   * makes of the server's answer. For the login page to show.
   */
  readonly signInError: Signal<AuthError | null> = this.failure.asReadonly();

  /** Whether somebody is known to be signed in. */
  readonly isAuthenticated: Signal<boolean> = computed(() => this.status() === 'authenticated');

  /** When the token runs out by this computer's clock, in milliseconds since the epoch; `null` where nobody knows. */
  readonly expiresAt: Signal<number | null> = computed(() => {
    const { record } = this.state();
    return record?.life == null ? null : record.receivedAt + record.life;
  });

  /** What happens to the session from now on, for logs and screens. Carries no token. */
  readonly events$ = new Observable<SessionEvent>(subscriber =>
    this.engine.listen(event => {
      if (event !== null) subscriber.next(event);
    }),
  );

  constructor() {
    this.engine.listen((_event, state) => {
      this.state.set(state);
    });
    this.setup.arrival?.catch((error: unknown) => {
      if (error instanceof AuthError) this.failure.set(error);
    });
  }

  /**
   * Signs in.
   *
   * @param input what the provider asks for: `{ username, password }` for `jwtServer()`
   * @returns the user, or the challenge or redirect with which the back end goes on
   * @throws AuthError `invalid-credentials`, `invalid-input`, `unreachable`, `no-answer`, `server-error`, `rate-limited`,
   * `unexpected-answer`, `unexpected-fields`
   */
  login(input: object = {}): Promise<SignInOutcome> {
    this.failure.set(null);
    const { flow, provider, engine } = this.setup;
    return flow ? flow.signIn(input, provider, engine) : engine.signIn(input);
  }

  /**
   * Answers the challenge that a login came to, such as a one-time code.
   *
   * @param challenge as `login` returned it
   * @param input what the provider asks for
   * @throws AuthError like `login`, and `unanswerable` where the provider knows no challenges
   */
  answer(challenge: Challenge, input: JsonObject): Promise<SignInOutcome> {
    return this.engine.answer(challenge, input);
  }

  /**
   * Signs out, here and in every tab, at once and whatever the server says; the server is told afterwards. Never rejects.
   *
   * A server that keeps a session of its own is visited to end that too (OpenID Connect).
   *
   * @param returnUrl the URL of the application to go on with after such a visit; default: the present one
   */
  async logout(returnUrl?: string): Promise<void> {
    const { flow, provider, engine } = this.setup;
    const { record } = engine.state();
    const leave = record && flow?.signOut(provider, record.held, returnUrl);
    await engine.end('user');
    leave?.();
  }

  /**
   * Renews the token now. Seldom needed: the session renews itself.
   *
   * @throws AuthError `unauthenticated`, `not-renewable`, `session-ended`, or why it failed this time, such as `unreachable`; the session is kept then
   */
  refresh(): Promise<void> {
    return this.engine.refresh();
  }

  /**
   * A token that can be sent now, renewed first if need be; `null` when nobody is signed in. For what does not go through `HttpClient`.
   *
   * @throws AuthError `temporarily-unavailable`, `session-ended`
   */
  async getToken(): Promise<string | null> {
    if (!this.inBrowser) return null;
    const held = (await this.engine.token())?.held;
    return held ? (this.setup.provider.api.token?.(held) ?? held.token) : null;
  }

  /** Resolves when {@link status} is no longer `'unknown'`; at once on a server. */
  async settled(): Promise<void> {
    if (this.inBrowser) await this.engine.settled();
  }

  /** Whether the user has the role. Reads a signal, so templates and computed values follow it. */
  hasRole(role: string): boolean {
    return this.user()?.roles.includes(role) ?? false;
  }

  /** Whether the user has the permission. Reads a signal, so templates and computed values follow it. */
  hasPermission(permission: string): boolean {
    return this.user()?.permissions.includes(permission) ?? false;
  }
}
