const LONGEST = 2_048;
const BIDIRECTIONAL_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * A path of this application that it is safe to navigate to, or `null`. Safe is one leading slash and nothing that leaves the
 * origin, now or after one more round of percent-decoding, and none of the excluded routes (the login page itself).
 *
 * @param candidate anything, typically a query parameter that anybody may have written
 * @param excluded paths that would lead in a circle, compared without regard to case
 */
export function safeReturnUrl(candidate: unknown, excluded: readonly string[]): string | null {
  if (typeof candidate !== 'string' || candidate.length > LONGEST) return null;
  const decoded = decodeOnce(candidate);
  if (decoded === null || !staysInside(candidate) || !staysInside(decoded)) return null;
  const path = pathOf(decoded).toLowerCase();
  const circular = excluded.some(
    route => path === route.toLowerCase() || path.startsWith(`${route.toLowerCase()}/`),
  );
  return circular ? null : candidate;
}

function staysInside(url: string): boolean {
  if (/[\\\p{Cc}]/u.test(url) || BIDIRECTIONAL_CONTROLS.test(url)) return false;
  const path = pathOf(url);
  if (!path.startsWith('/') || path.includes('//')) return false;
  const origin = 'https://inside.invalid';
  return URL.canParse(url, origin) && new URL(url, origin).origin === origin;
}

function pathOf(url: string): string {
  // Matrix parameters belong to a segment, not to its name.
  return (url.split(/[?#]/, 1)[0] ?? '').replace(/;[^/]*/g, '');
}

function decodeOnce(url: string): string | null {
  try {
    return decodeURIComponent(url);
  } catch {
    // Percent signs that do not decode are no work of the router.
    return null;
  }
}
