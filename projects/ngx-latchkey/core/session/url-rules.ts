import { authError } from '../contract/auth-error';
import { secureUrl } from '../contract/secure-url';
import type { UrlRule } from '../contract/url-rule';

/** Whether requests to a URL, as the application wrote it, are covered. */
export type UrlMatcher = (url: string) => boolean;

interface CompiledRule {
  /** With `*` in the place of a label that may be any. */
  readonly origin: string;
  readonly path: string;
}

const REMEMBERED = 200;
const STAND_IN = 'any-label';

/**
 * Compiles rules into one matcher. What is compared is the URL as the browser will resolve it, never a piece of text.
 *
 * @param pageOrigin what a rule that begins with `/` belongs to
 * @param base what a relative request URL resolves against at that moment: `document.baseURI`
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 */
export function compileUrlRules(
  rules: readonly UrlRule[],
  pageOrigin: string,
  base: () => string,
): UrlMatcher {
  const compiled = rules.map(rule => compileRule(rule, pageOrigin));
  const remembered = new Map<string, boolean>();
  return url => {
    const key = `${base()} ${url}`;
    let matches = remembered.get(key);
    if (matches === undefined) {
      matches = matchesAny(compiled, url, base());
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(key, matches);
    }
    return matches;
  };
}

function compileRule(rule: UrlRule, pageOrigin: string): CompiledRule {
  const ownPage = rule.startsWith('/') && !rule.startsWith('//');
  const concrete = rule.replace('://*.', `://${STAND_IN}.`);
  const { origin, host, pathname } = secureUrl(ownPage ? pageOrigin + rule : concrete);
  const wildcard = concrete !== rule;
  if (concrete.includes('*') || (wildcard && host.split('.').length < 3)) {
    throw authError('misconfigured', 'invalid-wildcard', rule);
  }
  return { origin: wildcard ? withAnyLabel(origin) : origin, path: pathname.replace(/\/+$/, '') };
}

/** `https://api.example.com` as `https://*.example.com`. */
function withAnyLabel(origin: string): string {
  return origin.replace(/\/\/[^.]+\./, '//*.');
}

function matchesAny(rules: readonly CompiledRule[], text: string, base: string): boolean {
  // Back slashes and control characters never stand in a URL that means well: parsers disagree about them.
  if (/[\\\p{Cc}]/u.test(text) || text !== text.trim()) return false;
  if (!URL.canParse(text, base)) return false;
  const url = new URL(text, base);
  // A blob: URL has the origin of the page that made it.
  if (!url.protocol.startsWith('http') || url.username + url.password !== '') return false;
  const origins = [url.origin, withAnyLabel(url.origin)];
  return rules.some(rule => origins.includes(rule.origin) && pathMatches(rule, url, text));
}

function pathMatches({ path }: CompiledRule, { pathname }: URL, text: string): boolean {
  if (path === '') return true;
  // A server may decode these into a dot, a slash or a back slash and so leave the path that the rule names.
  if (/%(2e|2f|5c)/i.test(text.split(/[?#]/, 1)[0] ?? '')) return false;
  return pathname === path || pathname.startsWith(`${path}/`);
}
