import type { Page } from '@playwright/test';

/** The refresh tokens that the page was given, as they came. */
export function watchRefreshTokens(page: Page): readonly string[] {
  const tokens: string[] = [];
  page.on('response', response => {
    if (response.request().method() !== 'POST' || !/\/(oidc\/token|auth\/login)$/.test(response.url()))
      return;
    void response
      .json()
      .then((body: Readonly<Record<string, unknown>>) => {
        const token = body['refresh_token'] ?? body['refreshToken'];
        if (typeof token === 'string') tokens.push(token);
      })
      // The body of an answer that the page has left behind cannot be read any more.
      .catch(() => undefined);
  });
  return tokens;
}
