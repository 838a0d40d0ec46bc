import type { Page } from '@playwright/test';
import { expect, fillIn, logIn, type OpenIdTest } from './openid-test';

const TEN = Array(10).fill('200').join(' ');
const SIGNED_IN = { grantType: 'authorization_code', status: 200 };
const RENEWED = { grantType: 'refresh_token', status: 200 };

/**
 * The tokens are bound to a key of the browser, and the API wants its nonces in the proofs.
 *
 * @param nonces whether the token endpoint wants nonces of its own
 */
export function tellDpopStory(test: OpenIdTest, { nonces }: { readonly nonces: boolean }): void {
  test('proves with nonces, and a token that was copied is worth nothing', async ({
    page,
    open,
    tokenRequests,
  }) => {
    const { application, user, expire } = await open({ dpop: true });
    await logIn(page, application);
    const first = nonces ? [{ grantType: 'authorization_code', status: 400 }] : [];
    expect(tokenRequests).toEqual([...first, SIGNED_IN]);

    const passed = page.waitForResponse(answer => answer.status() === 200);
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
    const request = (await passed).request();
    const { authorization = '', dpop = '' } = request.headers();
    expect(authorization).toMatch(/^DPoP /);
    const asBearer = { authorization: authorization.replace('DPoP', 'Bearer') };
    for (const headers of [asBearer, { authorization }, { authorization, dpop }]) {
      expect((await fetch(request.url(), { headers })).status).toBe(401);
    }

    await expire();
    await page.locator('#burst').click();
    await expect(page.locator('#answers')).toHaveText(TEN);
    expect(tokenRequests.filter(({ status }) => status === 200)).toEqual([SIGNED_IN, RENEWED]);
    await page.reload();
    await expect(page.locator('#user')).toHaveText(user);
    await page.locator('#call').click();
    await expect(page.locator('#answers')).toHaveText('200');
  });
}

/** How a user gives the second factor. */
interface SecondFactor {
  /** The `acr` that the API asks for. */
  readonly acr: string;
  /** A field of the page that asks for it. */
  readonly field: string;
  give(window: Page): Promise<void>;
}

/** The page of `oidc-provider`, whoever's shape it has. */
export const CODE_PAGE: Omit<SecondFactor, 'acr'> = {
  field: '[name=code]',
  give: async window => {
    await window.locator('[name=code]').fill('000000');
    await window.getByRole('button', { name: 'Confirm' }).click();
  },
};

/** The API wants a second factor for one of its calls. */
export function tellStepUpStory(test: OpenIdTest, { acr, field, give }: SecondFactor): void {
  for (const dpop of [false, true]) {
    test(`a call waits for the second factor and is sent once more${dpop ? ', with DPoP' : ''}`, async ({
      page,
      open,
    }) => {
      const { application, user } = await open({ stepUp: true, dpop });
      await logIn(page, application);
      const transfers = watchTransfers(page);
      await page.locator('#transfer').click();
      const window = await stepUpWindow(page, acr, field);
      await give(window);
      await expect(page.locator('#answers')).toHaveText('200');
      await expect(page.locator('#asked')).toBeEmpty();
      await expect.poll(() => window.isClosed()).toBe(true);
      // With DPoP the first of them may have lacked a nonce only.
      expect(transfers.slice(-2)).toEqual([401, 200]);
      expect(transfers.length).toBeLessThanOrEqual(dpop ? 3 : 2);
      // The new session is as good for the next one.
      await page.locator('#transfer').click();
      await expect(page.locator('#answers')).toHaveText('200');
      await expect(page.locator('#user')).toHaveText(user);
    });
  }

  test('a user who does not want to keeps the session, and the call fails', async ({ page, open }) => {
    const { application, user } = await open({ stepUp: true });
    await logIn(page, application);
    const transfers = watchTransfers(page);
    await page.locator('#transfer').click();
    await (await stepUpWindow(page, acr, field)).close();
    await page.locator('#not-now').click();
    await expect(page.locator('#error')).toHaveText('step-up-cancelled');
    await expect(page.locator('#user')).toHaveText(user);
    expect(transfers).toEqual([401]);
  });
}

/**
 * The API wants the second factor to be no older than five minutes, by the `auth_time` of the token (RFC 9470, section 5).
 *
 * @param onOnePage whether the page that asks for the password asks for the second factor as well
 */
export function tellMaxAgeStory(
  test: OpenIdTest,
  { acr, onOnePage }: { readonly acr: string; readonly onOnePage: boolean },
): void {
  test('a second factor that was given too long ago has to be given once more', async ({ page, open }) => {
    const { application, user, later } = await open({ stepUp: true });
    await logIn(page, application);
    await page.locator('#transfer').click();
    await CODE_PAGE.give(await stepUpWindow(page, acr, CODE_PAGE.field));
    await expect(page.locator('#answers')).toHaveText('200');

    await later?.();
    // The new token tells when the user signed in, as the old one did.
    await page.locator('#refresh').click();
    await expect(page.locator('#done')).toHaveText('refresh');
    const transfers = watchTransfers(page);
    const asked = page.context().waitForEvent('request', request => request.url().includes('acr_values='));
    await page.locator('#transfer').click();
    const window = await stepUpWindow(page, acr, '[name=password]');
    expect(new URL((await asked).url()).searchParams.get('max_age')).toBe('300');
    if (onOnePage) await window.locator(CODE_PAGE.field).fill('000000');
    await fillIn(window);
    if (!onOnePage) await CODE_PAGE.give(window);
    await expect(page.locator('#answers')).toHaveText('200');
    expect(transfers).toEqual([401, 200]);
    await expect(page.locator('#user')).toHaveText(user);
  });
}

/** Opens the window in which the user signs in as the API asks. */
async function stepUpWindow(page: Page, acr: string, field: string): Promise<Page> {
  // Until the API has answered, the button has nothing to open.
  await expect(page.locator('#asked')).toHaveText(acr);
  const opened = page.waitForEvent('popup');
  await page.locator('#step-up').click();
  const window = await opened;
  await expect(window.locator(field)).toBeVisible();
  return window;
}

/** The answers to the call that wants more, in their order. */
function watchTransfers(page: Page): readonly number[] {
  const answers: number[] = [];
  page.on('response', answer => {
    const isCall = answer.request().method() !== 'OPTIONS' && answer.url().endsWith('/transfer');
    if (isCall) answers.push(answer.status());
  });
  return answers;
}
