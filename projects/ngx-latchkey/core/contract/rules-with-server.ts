import type { UrlRule } from './url-rule';

/**
 * Where the token may go for a server that is an API too: to all of it, unless the rules name paths of it, and where the rules say.
 *
 * @param origin that of the server, or `/` for the page's own
 *
 * @example rulesWithServer('https://example.com', ['https://example.com/api']) // only below /api
 */
export function rulesWithServer(origin: string, rules: readonly UrlRule[] = []): readonly UrlRule[] {
  const below = origin.replace(/\/?$/, '/');
  return rules.some(rule => rule.startsWith(below)) ? rules : [origin, ...rules];
}
