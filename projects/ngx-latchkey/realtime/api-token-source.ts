import type { ApiAnswer, TokenSource, Verdict } from 'ngx-latchkey/core';

/**
 * The tokens of a session, and what its back end says about how they travel. `injectTokenSource()` makes one; of one that you make
 * yourself, `token` and `watch` are enough.
 *
 * Between two users, `watch` calls back with `null`.
 */
export interface ApiTokenSource extends TokenSource {
  /** Whether the token may go to the URL, if nobody names other origins. */
  covers?(url: string): boolean;
  /** The headers that carry the token. Default `Authorization: Bearer <token>`. */
  headers?(token: string): Readonly<Record<string, string>>;
  /** What an answer says about the token. Default: 401 is `token-dead`. */
  judge?(answer: ApiAnswer, token: string): Verdict;
  /**
   * Hears that an API does not take a token; gives another of the same session, renewed if need be, or `null` if trying again is no use.
   *
   * @param replayed whether the token came from here, and is not taken either
   */
  rejected?(token: string, verdict: Verdict, replayed: boolean): Promise<string | null>;
  /** Hears what became of a rejected request for which there was another token. */
  told?(outcome: 'replayed' | 'not-replayable', method: string): void;
  /** Whether the API wants cookies too. */
  readonly withCredentials?: boolean;
}

/** The headers with which the token goes to an API. */
export function headersOf(tokens: ApiTokenSource, token: string): Readonly<Record<string, string>> {
  return tokens.headers?.(token) ?? { Authorization: `Bearer ${token}` };
}
