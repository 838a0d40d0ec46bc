import type { Held } from './grant';
import type { UrlRule } from './url-rule';

/**
 * What an API's answer says about the token that was sent:
 * - `pass`: nothing
 * - `token-dead`: it is dead, and nobody knows whether the request was carried out all the same
 * - `token-refused`: it is dead, in words that leave no doubt that nothing was done, so that any request may be sent once more
 * - `session-over`: no other token will help
 */
export type Verdict = 'pass' | 'token-dead' | 'token-refused' | 'session-over';

/** The part of an API's answer that a dialect may judge. */
export interface ApiAnswer {
  readonly url: string;
  readonly status: number;
  /** A header by its name in any case; across origins only what the API exposes. */
  header(name: string): string | null;
  /** The body as Angular's `HttpClient` parsed it. */
  readonly body: unknown;
}

/** How an API takes the token and says that it is dead. */
export interface ApiDialect {
  /** Where the token may go. Nothing is attached anywhere else. */
  readonly origins: readonly UrlRule[];
  /** The token that this API takes, if it is not the session's `token`. */
  token?(held: Held): string;
  /** The headers that carry the token. Default `Authorization: Bearer <token>` (RFC 6750, section 2.1). */
  headers?(held: Held): Readonly<Record<string, string>>;
  /**
   * Reads an answer to a request that carried the token. Default: status 401 is `token-dead`. A `token-dead` of a token that is
   * known to live, and that cannot be renewed, changes nothing.
   */
  judge?(answer: ApiAnswer, held: Held): Verdict;
  /** Whether cookies go with the requests too. */
  readonly withCredentials?: boolean;
}
