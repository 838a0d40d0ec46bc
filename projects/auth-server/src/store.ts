import type { Note, PendingToken, Session, SigningSecret, State, User } from './state.js';

/** Where a state is kept beyond the process; in-memory servers have none. */
export interface Keeping {
  write(state: State): Promise<void>;
}

/** The server's state. Values are replaced, never changed in place; `save` resolves once they are kept. */
export class Store {
  readonly signingSecret: SigningSecret;
  readonly successorKey: string;
  readonly users = new Map<string, User>();
  readonly #sessions = new Map<string, Session>();
  readonly #sessionByDigest = new Map<string, string>();
  readonly #keeping: Keeping | undefined;
  pendingTokens: readonly PendingToken[] = [];
  notes: readonly Note[] = [];
  #writing: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;

  constructor(state: State, keeping: Keeping | undefined) {
    this.signingSecret = state.signingSecret;
    this.successorKey = state.successorKey;
    this.#keeping = keeping;
    this.replace(state);
  }

  /** Takes over users, sessions, tokens and notes; keys stay. */
  replace(state: Pick<State, 'users' | 'sessions' | 'pendingTokens' | 'notes'>): void {
    this.users.clear();
    this.#sessions.clear();
    this.#sessionByDigest.clear();
    for (const user of state.users) this.users.set(user.id, user);
    for (const session of state.sessions) this.putSession(session);
    this.pendingTokens = state.pendingTokens;
    this.notes = state.notes;
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** The session that a refresh token or an opaque access token belongs to, spent ones included. */
  sessionOf(digest: string): Session | undefined {
    const id = this.#sessionByDigest.get(digest);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  putSession(session: Session): void {
    this.#sessions.set(session.id, session);
    const { current, previous, spent, opaque } = session;
    const known = this.#sessionByDigest.has(current)
      ? [] // a changed session can only have gained its current token and access tokens
      : [...spent, ...(previous === undefined ? [] : [previous.digest]), current];
    for (const digest of [...known, ...opaque.map(token => token.digest)]) {
      this.#sessionByDigest.set(digest, session.id);
    }
  }

  snapshot(): State {
    return {
      signingSecret: this.signingSecret,
      successorKey: this.successorKey,
      users: [...this.users.values()],
      sessions: this.sessions,
      pendingTokens: this.pendingTokens,
      notes: this.notes,
    };
  }

  /** Writes are serialised, and calls that arrive during one share the next. */
  save(): Promise<void> {
    const keeping = this.#keeping;
    if (keeping === undefined) return Promise.resolve();
    this.#queued ??= this.#writing.then(() => {
      this.#queued = undefined;
      const written = keeping.write(this.snapshot());
      this.#writing = written.catch(() => undefined);
      return written;
    });
    return this.#queued;
  }
}
