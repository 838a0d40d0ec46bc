import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inProject } from '../support/project-root';
import { serveStatic } from '../support/static-site';
import { watchTraffic } from '../support/traffic';
import { expireTokens } from '../support/auth-server-admin';
import { type Tab, expect, tabOf, test } from './fault-test';

function callUrl(tab: Tab, url: string): Promise<readonly string[]> {
  return tab.page.evaluate(
    wanted =>
      (
        window as unknown as { harness: { call(url: string, times: number): Promise<readonly string[]> } }
      ).harness.call(wanted, 1),
    url,
  );
}

test.describe('where the token goes', { tag: '@faults' }, () => {
  test(
    'F63 B: to the listed origin, and to none that looks like it',
    { tag: '@issuer' },
    async ({ open, server, context }) => {
      const traffic = watchTraffic(context);
      const tab = await open();
      await tab.login();
      expect(await tab.call()).toEqual(['ok']);
      const { port } = new URL(server);
      for (const url of [
        `http://127.0.0.1:${port}/api/profile`,
        `http://localhost:${port}@127.0.0.1:9/api/profile`,
        `http://user@localhost:${port}/api/profile`,
        `https://localhost:${port}/api/profile`,
        `//127.0.0.1:${port}/api/profile`,
        `http://localhost.evil.test:${port}/api/profile`,
        'data:text/plain,x',
        'blob:http://localhost/x',
      ]) {
        expect(await callUrl(tab, url)).toEqual(['origin-not-allowed']);
      }
      expect([...traffic.authorizedOrigins]).toEqual([server]);
    },
  );

  test('F64 B: not along with a redirect to another origin', async ({ open, server }) => {
    const seen: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      if (request.method === 'GET') seen.push(request.headers.authorization);
      response.writeHead(200, {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'content-type': 'application/json',
      });
      response.end('{}');
    });
    await new Promise<void>(listening => stranger.listen(0, '127.0.0.1', listening));
    const { port } = stranger.address() as AddressInfo;
    const tab = await open();
    await tab.login();
    await tab.page.route('**/api/profile', route =>
      route.fulfill({
        status: 302,
        headers: { location: `http://127.0.0.1:${port}/`, 'access-control-allow-origin': '*' },
      }),
    );
    await tab.call();
    expect(seen.filter(header => header !== undefined)).toEqual([]);
    await new Promise(stopped => stranger.close(stopped));
    expect(server).not.toContain(`:${port}`);
  });

  test('F66 B: canaries are found in no console, event, URL, history, title or storage but the record', async ({
    open,
    context,
    server,
  }) => {
    const traffic = watchTraffic(context);
    const tab = await open();
    await tab.login();
    await expireTokens(server);
    await tab.call(3);
    const said = await tab.page.evaluate(() =>
      JSON.stringify([
        (window as unknown as { harness: { events(): unknown } }).harness.events(),
        document.documentElement.outerHTML,
        history.state,
        performance.getEntries().map(entry => entry.name),
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
    );
    await tab.logout();
    expect(traffic.tokens.length).toBe(2);
    for (const token of traffic.tokens) {
      expect(said).not.toContain(token);
      expect(traffic.said.join('\n')).not.toContain(token);
    }
  });

  test('F77 B: a thousand calls with a fresh token take no lock and touch no storage', async ({
    open,
    server,
  }) => {
    const tab = await open();
    await tab.login();
    await tab.page.evaluate(() => {
      const counts = { locks: 0, transactions: 0 };
      (window as unknown as { counts: typeof counts }).counts = counts;
      const { request } = LockManager.prototype;
      LockManager.prototype.request = function (this: LockManager, ...values: unknown[]) {
        counts.locks += 1;
        return (request as (...values: unknown[]) => Promise<unknown>).apply(this, values);
      };
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...values: Parameters<typeof transaction>) {
        counts.transactions += 1;
        return transaction.apply(this, values);
      };
    });
    expect(new Set(await tab.call(1_000))).toEqual(new Set(['ok']));
    expect(await tab.page.evaluate(() => (window as unknown as { counts: unknown }).counts)).toEqual({
      locks: 0,
      transactions: 0,
    });
    expect(server).toBeTruthy();
  });

  test('CSP B: everything works under a strict policy with Trusted Types', async ({
    page,
    context,
    server,
  }) => {
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      `connect-src ${server}`,
      "base-uri 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types angular',
    ];
    const site = await serveStatic(inProject('dist', 'fault-page', 'browser'), {
      'content-security-policy': policy.join('; '),
    });
    const violations: string[] = [];
    context.on('console', message => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text()))
        violations.push(message.text());
    });
    await page.goto(`${site.url}/?server=${server}`);
    const tab = tabOf(page, server);
    expect([await tab.login(), ...violations]).toEqual(['ok']);
    await expireTokens(server);
    expect(await tab.call(2)).toEqual(['ok', 'ok']);
    await tab.logout();
    expect(await tab.phase()).toBe('ended');
    expect(violations).toEqual([]);
    await site.stop();
  });
});
