import type { BrowserContext } from '@playwright/test';

/** A request to a token endpoint, and what it was answered with. */
export interface TokenRequest {
  readonly grantType: string;
  readonly status: number;
}

/** Watches what every page of a browser context asks token endpoints for, in the order of the answers. */
export function watchTokenRequests(context: BrowserContext): readonly TokenRequest[] {
  const seen: TokenRequest[] = [];
  context.on('response', response => {
    const request = response.request();
    if (request.method() !== 'POST') return;
    const grantType = new URLSearchParams(request.postData() ?? '').get('grant_type');
    if (grantType !== null) seen.push({ grantType, status: response.status() });
  });
  return seen;
}
