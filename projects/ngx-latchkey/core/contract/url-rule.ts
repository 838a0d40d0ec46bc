/**
 * A place that requests go to: an origin with an optional path, matched exactly and on whole path segments.
 *
 * - `'https://api.example.com'`: that origin, every path
 * - `'https://api.example.com/v1'`: `/v1` and below, not `/v10`
 * - `'https://*.example.com'`: any one host name directly below `example.com`
 * - `'/api'`: the page's own origin, `/api` and below
 *
 * `https` everywhere; `http` only on loopback hosts.
 */
export type UrlRule = string;
