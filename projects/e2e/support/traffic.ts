import type { BrowserContext } from '@playwright/test';

/** What the browser let out: every `Authorization` header with the origin it went to, and every line of every console. */
export interface Traffic {
  /** Origins that received an `Authorization` header. */
  readonly authorizedOrigins: ReadonlySet<string>;
  /** The tokens that were sent, in the order of their first appearance. */
  readonly tokens: readonly string[];
  /** Console lines, uncaught errors and visited URLs. */
  readonly said: readonly string[];
}

/** Watches every page of a browser context, present and to come. */
export function watchTraffic(context: BrowserContext): Traffic {
  const authorizedOrigins = new Set<string>();
  const tokens: string[] = [];
  const said: string[] = [];
  context.on('request', request => {
    if (request.isNavigationRequest()) said.push(request.url());
    const authorization = request.headers()['authorization'];
    if (authorization === undefined) return;
    authorizedOrigins.add(new URL(request.url()).origin);
    const token = authorization.replace(/^(bearer|dpop) /i, '');
    if (!tokens.includes(token)) tokens.push(token);
  });
  context.on('console', message => said.push(message.text()));
  context.on('weberror', error => said.push(String(error.error())));
  context.on('page', page => page.on('framenavigated', frame => said.push(frame.url())));
  return { authorizedOrigins, tokens, said };
}
