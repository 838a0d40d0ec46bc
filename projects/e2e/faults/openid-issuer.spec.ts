import { addFault, changeSettings, expireTokens } from '../support/auth-server-admin';
import { type LoggedRequest, endOfLog, requestsSince } from '../support/request-log';
import { expect, refreshesSince, test } from './fault-test';

function outcomesOf(requests: readonly LoggedRequest[]): readonly (string | undefined)[] {
  return requests.map(({ outcome }) => outcome);
}

// Faults that need an OpenID Connect issuer: of the tokens that it signs, and of what is asked besides.
test.describe('an issuer in trouble', { tag: '@issuer' }, () => {
  test.beforeEach(({ strictly }) => strictly());

  test('F52 S: an answer that is lost after the issuer has rotated costs nothing within its overlap', async ({
    open,
    server,
  }) => {
    await changeSettings(server, { rotation: 'grace', overlap: 30 });
    const tab = await open();
    await tab.login();
    await addFault(server, { on: 'refresh', kind: 'drop' });
    expect(await tab.refresh()).toBe('unreachable');
    await expect.poll(() => tab.phase(), { timeout: 25_000 }).toBe('fresh');
    expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
    expect(outcomesOf(await refreshesSince(server))).toEqual(['rotated', 'rotated']);
    expect(await tab.count('ended')).toBe(0);
  });

  test('F52 S: an answer that a strict issuer has lost is not asked for again while the token serves', async ({
    open,
    server,
  }) => {
    const tab = await open({ rotation: 'strict' });
    await tab.login();
    await addFault(server, { on: 'refresh', kind: 'drop' });
    expect(await tab.refresh()).toBe('unreachable');
    expect([await tab.phase(), await tab.call(3)]).toEqual(['in-doubt', ['ok', 'ok', 'ok']]);
    await tab.page.reload();
    expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
    expect(outcomesOf(await refreshesSince(server))).toEqual(['rotated']);
    expect(await tab.count('ended')).toBe(0);
  });

  test('F55 S: listeners that throw and a UserInfo that is down cost no renewed token', async ({
    open,
    server,
  }) => {
    const tab = await open({ rotation: 'strict', userInfo: true });
    expect(await tab.login()).toBe('ok');
    await tab.page.evaluate(() => {
      const { harness } = window as unknown as { harness: { events(): readonly unknown[] } };
      Object.assign(harness.events(), {
        push: () => {
          throw new Error('an application bug');
        },
      });
    });
    const begin = await endOfLog(server);
    await addFault(server, { on: 'api', path: '/oidc/me', kind: 'status', status: 503, times: 0 });
    for (const round of [1, 2]) {
      await expireTokens(server);
      expect(await tab.call(3)).toEqual(['ok', 'ok', 'ok']);
      expect(await refreshesSince(server, begin)).toHaveLength(round);
    }
    await tab.page.reload();
    expect([await tab.user(), await tab.call()]).toEqual(['usr_ada', ['ok']]);
    expect(outcomesOf(await refreshesSince(server, begin))).toEqual(['rotated', 'rotated']);
    // It was asked after each renewal, and the user of the sign-in is still the user of the session.
    const asked = (await requestsSince(server, begin)).filter(({ path }) => path === '/oidc/me');
    expect(asked.map(({ status }) => status)).toEqual([503, 503]);
  });

  test('F55 S: an ID token that is refused costs no renewed token', async ({ open, server }) => {
    const tab = await open({ rotation: 'strict' });
    await tab.login();
    await tab.page.route(
      '**/oidc/token',
      async route => {
        const response = await route.fetch();
        const answer = (await response.json()) as { readonly id_token: string };
        const [header, , signature] = answer.id_token.split('.');
        const claims = Buffer.from(JSON.stringify({ iss: 'https://evil.test', sub: 'usr_ada' }));
        await route.fulfill({
          response,
          json: { ...answer, id_token: `${header}.${claims.toString('base64url')}.${signature}` },
        });
      },
      { times: 1 },
    );
    expect(await tab.refresh()).toBe('ok');
    // The token is kept; what the page knows of the user stays as it was.
    expect([await tab.count('user-unknown'), await tab.user()]).toEqual([1, 'usr_ada']);
    await expireTokens(server);
    await expect.poll(() => tab.call(), { timeout: 40_000 }).toEqual(['ok']);
    expect(await tab.count('ended')).toBe(0);
    expect(outcomesOf(await refreshesSince(server))).not.toContain('reused');
  });

  test('F88 S: a server that comes back with new keys is asked for them once, at the next sign-in', async ({
    open,
    authServer,
    server,
  }) => {
    const [tab, other] = [await open({ rotation: 'strict' }), await open({ rotation: 'strict' })];
    expect(await tab.login()).toBe('ok');
    await expect.poll(() => other.phase()).toBe('fresh');
    await authServer.stop();
    // With new keys and without a memory: all that the old ones signed is over.
    await authServer.start();
    await expect.poll(() => tab.refresh()).toBe('session-ended');
    await expect.poll(() => other.phase()).toBe('ended');
    const begin = await endOfLog(server);
    expect(await tab.login()).toBe('ok');
    expect(await tab.refresh()).toBe('ok');
    expect(await tab.call()).toEqual(['ok']);
    await expect.poll(() => other.phase()).toBe('fresh');
    const asked = (await requestsSince(server, begin)).filter(({ path }) => path === '/oidc/jwks');
    expect(asked.map(({ status }) => status)).toEqual([200]);
  });
});
