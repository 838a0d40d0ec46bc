import type { Locator, Page } from '@playwright/test';

/** The pages that `ng add` made, found as their users find them: by what they are called. */
export interface GeneratedPages {
  readonly alert: Locator;
  readonly logIn: Locator;
  readonly logOut: Locator;
  readonly callApi: Locator;
  /** What the called API answered. */
  readonly answer: Locator;
  fillIn(username: string, password: string): Promise<void>;
}

export function generatedPages(page: Page): GeneratedPages {
  const logIn = page.getByRole('button', { name: /^(log|sign) in$/i });
  return {
    alert: page.getByRole('alert'),
    logIn,
    logOut: page.getByRole('button', { name: /^(log|sign) out$/i }),
    answer: page.getByRole('status'),
    callApi: page.getByRole('button', { name: /call the API/i }),
    fillIn: async (username, password) => {
      await page.getByLabel(/username/i).fill(username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await logIn.click();
    },
  };
}
