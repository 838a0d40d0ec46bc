import type { Rounds } from './measure-calls';

/** What the benchmark drives a page with, whatever library is in it. */
export interface PeerPage {
  /** Starts a sign-in: at the issuer's page, or with the user name and the password. */
  login(): void;
  logout(): void;
  signedIn(): boolean;
  /** So many calls at once with the application's `HttpClient`, and what each came to: `'ok'`, a status or an error. */
  call(url: string, times: number): Promise<readonly string[]>;
  /** What a call with a good token costs, answered at once and without a network. */
  measure(rounds: number, calls: number): Promise<Rounds>;
}
