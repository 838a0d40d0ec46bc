import type { Held } from './grant';
import type { UrlRule } from './url-rule';

/** What an API's answer says about the token that was sent: nothing, that it is dead, or that the whole session is over. */
export type Verdict = 'pass' | 'token-dead' | 'session-over';

/** The part of an API's answer that a dialect may judge. */
export interface ApiAnswer {
  readonly url: string;
  readonly status: number;
  header(name: string): string | null;
  /** The body as Angular's `HttpClient` parsed it. */
  readonly body: unknown;
}

/** How an API takes the token and says that it is dead. */
export interface ApiDialect {
  /** Where the token may go. Nothing is attached anywhere else. */
  readonly origins: readonly UrlRule[];
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
