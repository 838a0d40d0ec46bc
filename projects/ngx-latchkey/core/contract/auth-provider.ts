import type { ApiDialect } from './api-dialect';
import type { AuthUser } from './auth-user';
import type { Grant, Held } from './grant';
import type { SessionKind } from './session-kind';
import type { SignIn } from './sign-in';
import type { UrlRule } from './url-rule';
import type { AuthHttp } from './exchange';

/** What a provider's own actions may use. */
export interface ActionContext {
  /** Carries exchanges of the actions out. */
  readonly http: AuthHttp;
  /** Makes the grant the session, as a sign-in does. */
  signIn(grant: Grant): Promise<void>;
  /** What is held of the present session, or `null`; its token may have run out. */
  held(): Held | null;
  /**
   * What is held, with a token that can be sent now.
   *
   * @throws AuthError `unauthenticated`, `temporarily-unavailable`, `session-ended`
   */
  usable(): Promise<Held>;
  /** Ends the session here, as a logout does: after what has ended it at the server. */
  end(): Promise<void>;
}

/**
 * The side of a back end that takes tokens, whoever handed them out.
 *
 * @example provideAuth(firebase({ apiKey, projectId }), withApi(spaceCloudApi({ url, project: 'shop' })))
 */
export interface ApiSide {
  /** How its APIs take the token, and how they say that it is dead. */
  readonly api: ApiDialect;
  /** Asks who the user is, after the session is safe. For back ends that do not say it with the grant. */
  identify?(held: Held, http: AuthHttp): Promise<AuthUser>;
}

/**
 * One kind of back end: a translation without state. The engine owns the session; the provider knows the wire.
 *
 * Three things are kept apart: who signs the user in (`signIn`), who owns the session (`session`), and how an API
 * takes the token and says that it is dead (`api`).
 *
 * @typeParam Input what a sign-in takes
 * @typeParam Actions what only this back end can do, see `injectAuthActions`
 */
export interface AuthProvider<Input extends object = object, Actions = unknown> extends ApiSide {
  /** Names the provider in the session record and in errors. */
  readonly id: string;
  /** What its tokens are good for: the server and, where there is one, the client id. Another audience is another session. */
  readonly audience: string;
  /** Its own endpoints. The interceptor never touches requests to them. */
  readonly endpoints: readonly UrlRule[];
  /** How users sign in. */
  readonly signIn: SignIn<Input>;
  /** Who owns the session, and how it is renewed. */
  readonly session: SessionKind;
  /** What only this back end can do; see `injectAuthActions`. Called once for each session. */
  actions?(context: ActionContext): Actions;
  /** The factory that made it, by which `injectAuthActions` knows its type. */
  readonly factory: (...options: never[]) => unknown;
}
