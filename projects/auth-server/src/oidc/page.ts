import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { CONSOLE_STYLE } from '../console-page.js';

const STYLE = `${CONSOLE_STYLE}
main { display: block; max-width: 24rem; margin: 8vh auto; padding: 0 1rem; }
section { display: grid; gap: .9rem; }
h1, p { margin: 0; } h1 { font-size: 1.3rem; }
form { display: grid; gap: .8rem; }
input { width: 100%; }
[name=cancel] { background: none; color: var(--soft); font-weight: 400; }
[role=alert] { color: var(--bad); }
`;

/** A page of the issuer: heading, content, and a script where one is needed. */
export interface Page {
  readonly title: string;
  /** HTML; whatever comes from outside has been escaped. */
  readonly body: string;
  readonly script?: string;
}

/** Text as it may stand in HTML, in attributes too. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

export function htmlOf({ title, body, script }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} - Latchkey dev auth server</title>
<style>${STYLE}</style>
</head>
<body>
<main><section>
<h1>${escaped(title)}</h1>
${body}
</section></main>${script === undefined ? '' : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/**
 * Nothing may run or be loaded but the page's own. Without `form-action`: browsers hold it against the redirects that follow
 * a form, and those lead back to the app.
 */
export function headersOf({ script }: Page): Readonly<Record<string, string>> {
  const scripts = script === undefined ? '' : ` script-src '${digest(script)}';`;
  return {
    'content-security-policy': `default-src 'none'; style-src '${digest(STYLE)}';${scripts} base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

/** Makes a page the answer of a request that `oidc-provider` handles. */
export function sendPage(ctx: KoaContextWithOIDC, page: Page): void {
  ctx.set(headersOf(page));
  ctx.type = 'html';
  ctx.body = htmlOf(page);
}

function digest(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
