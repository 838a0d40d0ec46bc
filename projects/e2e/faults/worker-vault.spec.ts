import { type Page, type BrowserContext } from '@playwright/test';
import { addFault, expireTokens } from '../support/auth-server-admin';
import { inProject } from '../support/project-root';
import { endOfLog, requestsSince } from '../support/request-log';
import { serveStatic } from '../support/static-site';
import { expect, refreshesSince, tabOf, test } from './fault-test';

const VAULT = 'latchkey-vault.js';

/** Everything that a worker ever told a page. */
interface Listening {
  readonly heard: readonly string[];
}

function listenToWorkers(): void {
  const heard: string[] = [];
  const Plain = SharedWorker;
  class Overheard extends Plain {
    constructor(...from: ConstructorParameters<typeof SharedWorker>) {
      super(...from);
      this.port.addEventListener('message', event => heard.push(JSON.stringify(event.data)));
    }
  }
  Object.assign(window, { heard, SharedWorker: Overheard });
}

/** The refresh token as the page's storage has it. */
function storedSecret(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise(resolve => {
        const opening = indexedDB.open('ngx-latchkey');
        opening.onsuccess = () => {
          const records = opening.result.transaction('sessions').objectStore('sessions').getAll();
          records.onsuccess = () => {
            resolve((records.result as { held?: { secret?: string } }[])[0]?.held?.secret);
          };
        };
      }),
  );
}

test.describe('the worker vault', { tag: '@faults' }, () => {
  test('F66 B: no page sees the refresh token, in its storage or in a message', async ({ open, server }) => {
    const tab = await open({
      vault: VAULT,
      before: async page => {
        await page.addInitScript(listenToWorkers);
      },
    });
    expect(await tab.login()).toBe('ok');
    await expireTokens(server);
    expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
    expect((await refreshesSince(server)).map(({ status }) => status)).toEqual([200]);
    expect(await storedSecret(tab.page)).toMatch(/^vault:[0-9a-f]{32}$/);
    const heard = await tab.page.evaluate(() => (window as unknown as Listening).heard);
    const secrets = heard.flatMap(said => /"refreshToken":"([^"]*)"/.exec(said)?.[1] ?? []);
    expect(secrets.length).toBe(2);
    expect(secrets.filter(secret => !secret.startsWith('vault:'))).toEqual([]);
  });

  test('F38 S: five tabs share one vault, and a strict server sees one renewal', async ({
    open,
    server,
    strictly,
  }) => {
    await strictly();
    const tabs = [];
    for (let count = 0; count < 5; count += 1) tabs.push(await open({ vault: VAULT, rotation: 'strict' }));
    const [first] = tabs;
    expect(await first?.login()).toBe('ok');
    for (const tab of tabs) await expect.poll(() => tab.phase()).toBe('fresh');
    await expireTokens(server);
    const answers = await Promise.all(tabs.map(tab => tab.call(5)));
    expect(new Set(answers.flat())).toEqual(new Set(['ok']));
    expect((await refreshesSince(server)).map(({ status }) => status)).toEqual([200]);
  });

  test('F35 S: a page that is left in the middle of a renewal loses nothing, on a strict server', async ({
    open,
    server,
    strictly,
  }) => {
    await strictly();
    const tab = await open({ vault: VAULT, rotation: 'strict' });
    await tab.login();
    for (let round = 1; round <= 2; round += 1) {
      await expireTokens(server);
      await addFault(server, { on: 'refresh', kind: 'delay', delay: 700 });
      const begin = await endOfLog(server);
      // It never comes back: the page is gone before the answer is there.
      void tab.call().catch(() => undefined);
      await expect.poll(async () => (await refreshesSince(server, begin)).length).toBe(1);
      await tab.page.reload();
      await expect.poll(() => tab.call(), { timeout: 20_000 }).toEqual(['ok']);
      const refreshes = await refreshesSince(server, begin);
      expect(refreshes.filter(({ outcome }) => outcome === 'reused')).toEqual([]);
    }
    expect(await tab.user()).toBe('usr_ada');
  });

  test('F46 B: a logout empties the vault', async ({ open, server }) => {
    const [tab, other] = [await open({ vault: VAULT }), await open({ vault: VAULT })];
    await tab.login();
    await expect.poll(() => other.phase()).toBe('fresh');
    const begin = await endOfLog(server);
    await tab.logout();
    await expect.poll(() => other.phase()).toBe('ended');
    expect((await requestsSince(server, begin)).filter(({ path }) => path === '/auth/logout').length).toBe(1);
    expect(await storedSecret(tab.page)).toBeUndefined();
  });

  test('a handle that outlived its worker ends the session, and says why', async ({
    browser,
    context,
    open,
    server,
  }) => {
    const tab = await open({ vault: VAULT });
    await tab.login();
    const later = await restarted(browser, context);
    const reopened = await open({ vault: VAULT, context: later });
    await expireTokens(server);
    expect(await reopened.call()).toEqual(['401']);
    await expect.poll(() => reopened.phase()).toBe('ended');
    expect(await reopened.endReasons()).toEqual(['refused']);
    await later.close();
  });

  test('a script that is not there is a typed failure at the login', async ({ open }) => {
    const tab = await open({ vault: 'not-there.js' });
    expect(await tab.login()).toBe('vault-unavailable');
    expect(await tab.phase()).toBe('anonymous');
  });

  test('CSP B: works under a strict policy with Trusted Types', async ({ page, context, server }) => {
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      `connect-src ${server}`,
      "base-uri 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types angular ngx-latchkey',
    ];
    const site = await serveStatic(inProject('dist', 'fault-page', 'browser'), {
      'content-security-policy': policy.join('; '),
    });
    const violations: string[] = [];
    context.on('console', message => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text()))
        violations.push(message.text());
    });
    await page.goto(`${site.url}/?server=${server}&vault=${VAULT}`);
    const tab = tabOf(page, server);
    expect([await tab.login(), ...violations]).toEqual(['ok']);
    await expireTokens(server);
    expect(await tab.call(2)).toEqual(['ok', 'ok']);
    expect(violations).toEqual([]);
    await site.stop();
  });
});

/** The browser with its storage after it was closed. */
async function restarted(
  browser: { newContext(options: object): Promise<BrowserContext> },
  context: BrowserContext,
): Promise<BrowserContext> {
  return browser.newContext({ storageState: await context.storageState({ indexedDB: true }) });
}
