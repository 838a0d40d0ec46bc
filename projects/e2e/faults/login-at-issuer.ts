import type { Page } from '@playwright/test';
import type { FaultPage } from '../../fault-page/src/harness';

declare const window: { readonly harness: FaultPage };

/** Signs in at the issuer's page, as nobody yet, and is back. */
export async function loginAtIssuer(page: Page, username: string): Promise<string> {
  await page.context().clearCookies();
  await leaveForIssuer(page, username);
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(`latchkey-${username}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Until the sign-in is through, the page may show the user of an earlier session.
  const outcome = await page.waitForFunction(
    user => 'harness' in window && (window.harness.signInError() ?? (window.harness.user() === user && 'ok')),
    `usr_${username}`,
  );
  return String(await outcome.jsonValue());
}

/** @throws Error when the page stays where it is */
async function leaveForIssuer(page: Page, username: string, triesLeft = 3): Promise<void> {
  // Whoever has left cannot be asked any more.
  const staying = page.evaluate(name => window.harness.login(name), username).catch(() => null);
  const arrived = page
    .locator('[name=username]')
    .waitFor()
    .then(() => null);
  const failure = await Promise.race([arrived, staying.then(code => code ?? arrived)]);
  if (!failure) return;
  arrived.catch(() => undefined);
  // The first answer of an issuer that has just made its keys can take long on a busy machine.
  if (failure === 'no-answer' && triesLeft > 1) return leaveForIssuer(page, username, triesLeft - 1);
  throw new Error(`The page did not leave for the issuer: ${failure}.`);
}
