import { AuthError, type AuthProvider, memoryStore } from 'ngx-latchkey/core';
import { type OidcOptions, oidc } from 'ngx-latchkey/oidc';
import { createAuthServer, type AuthServer } from '../../auth-server/src/index.js';
import { dpopSession } from '../../ngx-latchkey/src/dpop/dpop-session';
import { memoryKeys } from '../../ngx-latchkey/src/dpop/key-store';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { nodeTransport } from '../harness/node-transport';
import { type NodeVault, nodeVault } from '../harness/node-vault';
import { APPLICATION } from './application-url';
import { signInByForms } from './sign-in-by-forms';

const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };

interface Page extends NodeTab {
  readonly provider: AuthProvider;
}

for (const bound of [false, true]) {
  describe(`oidc() with the worker vault${bound ? ' and DPoP' : ''}: with the dev auth server`, () => {
    let server: AuthServer;
    let vault: NodeVault;
    let tabs: NodeTab[];
    let keys: ReturnType<typeof memoryKeys>;

    // On a machine that is busy, the code of a sign-in takes long to load.
    beforeAll(() => import('../../ngx-latchkey/oidc/authorization'), 30_000);

    beforeEach(async () => {
      server = await createAuthServer({ port: 0, passwordHashing: CHEAP });
      vault = nodeVault(nodeTransport(), APPLICATION);
      tabs = [];
      keys = memoryKeys();
    });

    afterEach(async () => {
      for (const tab of tabs) tab.close();
      vault.close();
      await server.close();
    });

    function open(store = memoryStore(), more: Partial<OidcOptions> = {}): Page {
      const plain = oidc({
        issuer: `${server.url}/oidc`,
        clientId: 'latchkey-demo',
        redirectUri: APPLICATION,
        scope: 'openid profile email roles offline_access',
        ...more,
      });
      if (plain.session.kind !== 'renewable') throw new Error('It is renewed.');
      const worker = vault.of(plain.session);
      const dpop = bound ? dpopSession(plain, keys) : undefined;
      const provider = dpop?.provider ?? plain;
      const tab = nodeTab(provider, store, { transport: dpop?.transport(worker) ?? worker });
      dpop?.follow(tab.engine);
      tabs.push(tab);
      return { ...tab, provider };
    }

    /** Leaves one page, and comes back to another. */
    async function signIn(store = memoryStore()): Promise<Page> {
      const outcome = await open(store).engine.signIn({});
      if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
      const url = await signInByForms(outcome.redirect, APPLICATION);
      const page = open(store);
      const { callback } = page.provider.signIn;
      const grant = await callback?.complete(url, outcome.transaction, page.engine.http);
      if (grant !== undefined) await page.engine.accept(grant);
      return page;
    }

    const grants = () => vault.sent.flatMap(({ form }) => form?.['grant_type'] ?? []);

    it('signs in and renews where the endpoints are known by discovery', async () => {
      const page = await signIn();
      await page.engine.refresh();
      await page.engine.refresh();
      expect(page.engine.usable()?.generation).toBe(3);
      expect(grants()).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
    });

    it('shows no refresh token to a page, in its record or in a message', async () => {
      const store = memoryStore();
      const page = await signIn(store);
      await page.engine.refresh();
      const spent = vault.sent.flatMap(({ form }) => form?.['refresh_token'] ?? []);
      expect(spent.length).toBe(1);
      const known = JSON.stringify([vault.heard, await store.read()]);
      for (const secret of spent) expect(known).not.toContain(secret);
      expect(page.engine.usable()?.held.secret).toMatch(/^vault:[0-9a-f]{32}$/);
    });

    it('is renewed by a page that was loaded anew', async () => {
      const store = memoryStore();
      await signIn(store);
      const again = open(store);
      await again.engine.refresh();
      expect(again.engine.usable()?.generation).toBe(2);
    });

    it('is told of a logout', async () => {
      const page = await signIn();
      await page.engine.end('user');
      expect(page.events.map(({ type }) => type)).not.toContain('logout-not-confirmed');
      expect(vault.sent.at(-1)?.url).toContain('/revocation');
      expect(vault.sent.at(-1)?.form?.['token']).not.toContain('vault:');
    });

    it('sends the refresh token to no place that a page makes up later', async () => {
      const page = await signIn();
      const { secret = '' } = page.engine.usable()?.held ?? {};
      const evil = open(memoryStore(), {
        endpoints: { authorization: 'https://evil.test/a', token: 'https://evil.test/token' },
      });
      await evil.engine.accept({ token: 'any', secret });
      await expectAsync(evil.engine.refresh()).toBeRejectedWithError(AuthError, /^vault-closed/);
      expect(vault.sent.some(({ url }) => url.includes('evil.test'))).toBeFalse();
    });

    if (bound) {
      it('gives the nonces that are asked for', async () => {
        await fetch(`${server.url}/admin/settings`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ dpopNonce: 'required' }),
        });
        const page = await signIn();
        await page.engine.refresh();
        expect(page.engine.usable()?.generation).toBe(2);
        expect(vault.sent.filter(({ form }) => form).every(({ headers }) => headers?.['DPoP'])).toBeTrue();
      });
    }
  });
}
