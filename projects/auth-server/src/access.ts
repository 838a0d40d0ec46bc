import type { Clock } from './clock.js';
import { invalidToken, missingToken } from './errors.js';
import { digestOf, randomToken } from './opaque-token.js';
import type { TokenPolicy } from './settings.js';
import type { Session, User } from './state.js';
import type { Store } from './store.js';
import { claimsFor, type Tokens } from './tokens.js';

/** How many opaque access tokens a session keeps at most. */
const OPAQUE_TOKENS = 500;

/** Who is calling, as proved by an access token. */
export interface Caller {
  readonly user: User;
  /** None when the token is the OpenID issuer's. */
  readonly session?: Session;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Refresh generation of the presented token, not of the session. */
  readonly generation: number;
}

/** Issues access tokens and reads them back: JWTs, and the opaque ones of the Averos contract. */
export class Access {
  readonly #store: Store;
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #issuer: string;
  readonly #policy: () => TokenPolicy;

  constructor(store: Store, tokens: Tokens, clock: Clock, issuer: string, policy: () => TokenPolicy) {
    this.#store = store;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#issuer = issuer;
    this.#policy = policy;
  }

  issueJwt(user: User, sessionId: string): Promise<string> {
    const session = this.#count(sessionId);
    return this.#tokens.sign(this.#claims(user, session));
  }

  /** A 44-character random string, as Averos back ends hand out. */
  issueOpaque(sessionId: string): string {
    const session = this.#count(sessionId);
    const now = this.#clock.now();
    const token = randomToken(33);
    const expiresAt = now + this.#policy().accessTokenLifetime * 1000;
    const { accessIssued: number, generation } = session;
    const alive = session.opaque.filter(other => other.expiresAt > now).slice(-OPAQUE_TOKENS);
    const opaque = [...alive, { digest: digestOf(token), number, generation, expiresAt }];
    this.#store.putSession({ ...session, opaque });
    return token;
  }

  /**
   * Who sent `Authorization: Bearer …`.
   *
   * @throws ApiError `missing_token`, `invalid_token`
   */
  async caller(authorization: string | undefined): Promise<Caller> {
    const token = /^bearer +([\w\-.~+/]+=*) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw missingToken();
    return token.includes('.') ? this.#byJwt(token) : this.#byOpaque(token);
  }

  async #byJwt(token: string): Promise<Caller> {
    const claims = await this.#tokens.verify(token, this.#clock.now());
    const session = this.#store.session(String(claims['sid']));
    const number = Number(String(claims['jti']).split('.').at(-1));
    return this.#admit(session, number, Number(claims['gen']), () => claims);
  }

  #byOpaque(token: string): Caller {
    const digest = digestOf(token);
    const session = this.#store.sessionOf(digest);
    const found = session?.opaque.find(other => other.digest === digest);
    if (session === undefined || found === undefined) {
      throw invalidToken('The access token is not one this server issued.');
    }
    if (found.expiresAt <= this.#clock.now()) throw invalidToken('The access token has expired.');
    return this.#admit(session, found.number, found.generation, user => ({ ...this.#claims(user, session) }));
  }

  #admit(
    session: Session | undefined,
    number: number,
    generation: number,
    claims: (user: User) => Readonly<Record<string, unknown>>,
  ): Caller {
    const user = session === undefined ? undefined : this.#store.users.get(session.userId);
    if (session === undefined || user === undefined || session.ended !== undefined) {
      throw invalidToken('The session of this access token is over.');
    }
    if (!(number > session.accessEndedThrough))
      throw invalidToken('The access token has been made to expire.');
    return { user, session, claims: claims(user), generation };
  }

  #claims(user: User, session: Session): ReturnType<typeof claimsFor> {
    return claimsFor(user, session, this.#issuer, this.#clock.now(), this.#policy().accessTokenLifetime);
  }

  #count(sessionId: string): Session {
    const session = this.#store.session(sessionId);
    if (session === undefined) throw new Error('No such session');
    const counted = { ...session, accessIssued: session.accessIssued + 1 };
    this.#store.putSession(counted);
    return counted;
  }
}
