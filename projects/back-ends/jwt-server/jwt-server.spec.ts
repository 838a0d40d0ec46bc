import { AuthError, actionContext, memoryStore } from 'ngx-latchkey/core';
import { type AuthServer, createAuthServer } from '../../auth-server/src/index.js';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { keepsItsPromises } from '../harness/promises';
import { until } from '../harness/until';
// The provider alone: Angular, with which it is exported, does not run in Node as it is.
import { jwtServer } from '../../ngx-latchkey/src/jwt-server/jwt-server';
import type { JwtServerOptions } from '../../ngx-latchkey/src/jwt-server/jwt-server-options';

const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };
const ADA = { username: 'ada', password: 'latchkey-ada' };

for (const refreshToken of ['body', 'cookie'] as const) {
  describe(`jwtServer() with the dev auth server, by ${refreshToken}`, () => {
    let server: AuthServer;
    let tabs: NodeTab[];
    let open: boolean;

    beforeEach(async () => {
      tabs = [];
      open = true;
      server = await createAuthServer({ port: 0, passwordHashing: CHEAP });
    });

    afterEach(async () => {
      for (const tab of tabs) tab.close();
      if (open) await server.close();
    });

    const provider = (more: Partial<JwtServerOptions> = {}) =>
      jwtServer({
        url: refreshToken === 'cookie' ? `${server.url}/cookie` : server.url,
        refreshToken,
        ...more,
      });

    const tab = (store = memoryStore(), more: Partial<JwtServerOptions> = {}): NodeTab => {
      const opened = nodeTab(provider(more), store);
      tabs.push(opened);
      return opened;
    };

    const signIn = async (): Promise<NodeTab> => {
      const page = tab();
      await page.engine.signIn(ADA);
      return page;
    };

    const admin = (path: string, body: object) =>
      fetch(`${server.url}/admin/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });

    it('signs in and knows the user, with roles', async () => {
      const { engine } = await signIn();
      expect(engine.usable()?.held.user).toEqual(
        jasmine.objectContaining({ name: 'Ada Lovelace', roles: jasmine.arrayContaining(['admin']) }),
      );
    });

    it('lets nobody in with a wrong password, and hears of a locked account', async () => {
      const { engine } = tab();
      const wrong = engine.signIn({ ...ADA, password: 'wrong' });
      await expectAsync(wrong).toBeRejectedWithError(AuthError, /^invalid-credentials/);
      await server.close();
      const locked = { ...ADA, roles: [], locked: true };
      server = await createAuthServer({ port: 0, passwordHashing: CHEAP, users: [locked] });
      await expectAsync(tab().engine.signIn(ADA)).toBeRejectedWithError(AuthError, /^account-locked/);
    });

    it('renews, and ends the session when the server refuses', async () => {
      const { engine } = await signIn();
      const before = engine.usable()?.held.token;
      await engine.refresh();
      expect(engine.usable()?.held.token).not.toBe(before);
      await admin('revoke', {});
      await expectAsync(engine.refresh()).toBeRejectedWithError(AuthError, /^session-ended/);
      expect(engine.state().endReason).toBe('refused');
    });

    it('renews once for a burst of calls after the token has run out', async () => {
      await admin('settings', { accessTokenLifetime: 2 });
      const { engine, events } = await signIn();
      await until(() => engine.usable() === null);
      await Promise.all(Array.from({ length: 50 }, () => engine.token().catch(() => null)));
      expect(events.filter(({ type }) => type === 'refreshed').length).toBe(1);
    });

    it('is there after a reload, and asks nothing', async () => {
      const store = memoryStore();
      await tab(store).engine.signIn(ADA);
      const again = tab(store);
      await again.engine.settled();
      expect(again.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
    });

    it('logs out with the server down', async () => {
      const { engine, events } = await signIn();
      await server.close();
      open = false;
      await engine.end('user');
      expect(engine.usable()).toBeNull();
      expect(events.some(({ type }) => type === 'logout-not-confirmed')).toBe(true);
    });

    it('signs up, which is a sign-in too', async () => {
      const { engine } = tab();
      const actions = provider().actions?.(actionContext(engine));
      await actions?.register({ username: 'eve', password: 'a-long-enough-secret' });
      expect(engine.usable()?.held.user?.id).toEqual(jasmine.any(String));
      const twice = actions?.register({ username: 'eve', password: 'a-long-enough-secret' });
      await expectAsync(Promise.resolve(twice)).toBeRejectedWithError(AuthError, /^username-taken/);
    });

    for (const [status, code] of [
      [429, 'rate-limited'],
      [500, 'server-error'],
    ] as const) {
      it(`is not ended by failures: a renewal answered with ${String(status)}`, async () => {
        const { engine } = await signIn();
        await admin('faults', { on: 'refresh', kind: 'status', status });
        await expectAsync(engine.refresh()).toBeRejectedWithError(AuthError, new RegExp(`^${code}`));
        expect(engine.usable()).not.toBeNull();
      });
    }
  });
}

describe('jwtServer(): the promises', () => {
  const answer = (status: number, json: unknown) => ({ status, headers: {}, json });
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresIn: 60, user: { id: '1', roles: [] } };
  keepsItsPromises({
    provider: () => jwtServer({ url: 'https://auth.test' }),
    input: ADA,
    signedIn: answer(200, tokens),
    wrongPassword: answer(401, { error: 'invalid_credentials' }),
    renewed: answer(200, tokens),
    refused: answer(401, { error: 'invalid_grant' }),
  });
});
