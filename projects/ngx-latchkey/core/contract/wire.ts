import type { Json } from './json';

/** One HTTP request as plain data. */
export interface WireRequest {
  /** Absolute, or a path that begins with `/` and belongs to the page's own origin. */
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Besides those that the body brings. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/json`. */
  readonly json?: Json;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  /** `'include'` only where the back end keeps a secret in a cookie. Default `'omit'`. */
  readonly credentials?: 'omit' | 'include';
}

/** One HTTP answer as plain data. */
export interface WireAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** By lower-case name; across origins only what the server exposes. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body, or `undefined` when it is not JSON. */
  readonly json: unknown;
}
