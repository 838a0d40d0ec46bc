/** The current token, for what does not go through `HttpClient`: sockets, streams, `fetch`, other clients. */
export interface TokenSource {
  /**
   * A token that can be sent now, renewed first if need be; `null` when nobody is signed in.
   *
   * @throws AuthError `temporarily-unavailable`, `session-ended`
   */
  token(): Promise<string | null>;
  /** Calls back with each new token, and with `null` when the session is over, also between two users. The result stops it. */
  watch(changed: (token: string | null) => void): () => void;
}
