import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CONSOLE_PAGE, CONSOLE_SCRIPT, CONSOLE_STYLE } from '../console-page.js';

/** Nothing may run or be loaded but the page's own style and script, known by their digests. */
const POLICY = [
  "default-src 'none'",
  `style-src '${digest(CONSOLE_STYLE)}'`,
  `script-src '${digest(CONSOLE_SCRIPT)}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The console page. It holds no data itself: its script asks the admin endpoints, which answer only this machine. */
export function addConsole(app: FastifyInstance): void {
  app.get('/', async (_request, reply) =>
    reply
      .headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      .type('text/html; charset=utf-8')
      .send(CONSOLE_PAGE),
  );
}

function digest(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
