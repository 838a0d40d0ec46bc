import { AuthError, memoryStore } from 'ngx-latchkey/core';
import { Browser } from '../../../auth-server/spec/support/browser.js';
import { APPLICATION, signInAtKeycloak } from './keycloak-pages';
import {
  type KeycloakWorld,
  begin,
  callbackOf,
  claimsOf,
  complete,
  heldBy,
  sessionIdOf,
  signIn,
} from './keycloak-world';
import { tabsOfOneBrowser } from './tabs-of-one-browser';

const ENDED = /^session-ended/;

export function describeSession(world: KeycloakWorld): void {
  it('renews the token, and the user stays who it is', async () => {
    const page = world.tab();
    await signIn(page);
    const before = heldBy(page);
    await page.engine.refresh();
    const after = heldBy(page);
    expect(page.engine.state().record?.generation).toBe(2);
    expect(after.token).not.toBe(before.token);
    expect(after.secret).not.toBe(before.secret);
    expect(after.user).toEqual(before.user);
    expect(await world.statusOf(after.token)).toBe(200);
  });

  it('renews ahead of time by itself', async () => {
    const page = world.tab();
    const renewed = new Promise(resolve =>
      page.engine.listen(event => event?.type === 'refreshed' && resolve(1)),
    );
    await signIn(page);
    const ranOutAt = (claimsOf(heldBy(page)).exp ?? 0) * 1_000;
    await renewed;
    expect(Date.now()).toBeLessThan(ranOutAt);
    expect(await world.statusOf(heldBy(page).token)).toBe(200);
  });

  it('is kept over a reload', async () => {
    const store = memoryStore();
    await signIn(world.tab(world.provider(), store));
    const again = world.tab(world.provider(), store);
    await again.engine.settled();
    expect(again.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
  });

  it('is renewed once, however many calls of however many tabs ask', async () => {
    const engines = tabsOfOneBrowser(3, () => world.provider());
    try {
      const [first] = engines;
      if (first === undefined) throw new Error('There are no tabs.');
      await signIn({ engine: first, callback: callbackOf(world.provider()) });
      await Promise.all(engines.map(engine => engine.token()));
      const sessionId = sessionIdOf(heldBy({ engine: first }));
      await Promise.all(engines.flatMap(engine => [engine.refresh(), engine.refresh()]));
      expect(await world.administration().eventsOf(sessionId)).toEqual(
        jasmine.arrayWithExactContents(['LOGIN', 'REFRESH_TOKEN']),
      );
      const tokens = engines.map(engine => engine.usable()?.held.token);
      expect(new Set(tokens).size).toBe(1);
      expect(await world.statusOf(tokens[0])).toBe(200);
    } finally {
      for (const engine of engines) engine.dispose();
    }
  });

  it('ends when an administrator has ended it', async () => {
    const page = world.tab();
    await signIn(page);
    await world.administration().endSession(sessionIdOf(heldBy(page)));
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
    expect(page.engine.state().endReason).toBe('refused');
  });

  it('ends when the account has been disabled', async () => {
    const page = world.tab();
    await signIn(page, 'grace');
    try {
      await world.administration().changeUser('grace', { enabled: false });
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
      expect(page.engine.state().endReason).toBe('refused');
    } finally {
      await world.administration().changeUser('grace', { enabled: true });
    }
  });

  it('ends when it has lasted as long as the realm allows', async () => {
    const page = world.tab();
    await signIn(page);
    await world.administration().change({ ssoSessionMaxLifespan: 1 });
    try {
      await new Promise(resolve => setTimeout(resolve, 1_500));
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
      expect(page.engine.state().endReason).toBe('refused');
    } finally {
      await world.administration().change({ ssoSessionMaxLifespan: 36_000 });
    }
  });

  it('ends when an administrator has called all tokens of before stale', async () => {
    const page = world.tab();
    await signIn(page);
    await world.administration().change({ notBefore: (claimsOf(heldBy(page)).iat ?? 0) + 1 });
    try {
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
      expect(page.engine.state().endReason).toBe('refused');
    } finally {
      await world.administration().change({ notBefore: 0 });
    }
  });

  it('is kept while the client is disabled, which is no proof of its end', async () => {
    const page = world.tab();
    await signIn(page);
    await world.administration().changeClient('web', { enabled: false });
    try {
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /^token-request-refused/);
      expect(page.engine.usable()?.held.user?.name).toBe('Ada Lovelace');
    } finally {
      await world.administration().changeClient('web', { enabled: true });
    }
  });

  it('lets the pages of the client read its answers, and no others', async () => {
    const page = world.tab();
    await signIn(page);
    const form = { grant_type: 'refresh_token', refresh_token: 'none' };
    const own = await world.post('token', form);
    expect(own.headers.get('access-control-allow-origin')).toBe(new URL(APPLICATION).origin);
    const foreign = await world.post('token', form, 'https://other.test');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });
}

/** "Revoke refresh token" is off: a refresh token is good until its session ends, and each renewal brings another. */
export function describeReuse(world: KeycloakWorld): void {
  it('takes a refresh token again, one after the other and both at once', async () => {
    const page = world.tab();
    await signIn(page);
    const { secret } = heldBy(page);
    await page.engine.refresh();
    expect(await world.spend(secret)).toEqual({ status: 200, detail: undefined });
    const both = await Promise.all([world.spend(secret), world.spend(secret)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await page.engine.refresh();
    expect(await world.statusOf(heldBy(page).token)).toBe(200);
  });
}

/** "Revoke refresh token" is on, and may be reused 0 times. */
export function describeRevoke(world: KeycloakWorld): void {
  it('ends the session for a refresh token that comes again, with the tokens that were right', async () => {
    const page = world.tab();
    await signIn(page);
    const { secret } = heldBy(page);
    await page.engine.refresh();
    expect(await world.spend(secret)).toEqual({
      status: 400,
      detail: 'Maximum allowed refresh token reuse exceeded',
    });
    expect(await world.statusOf(heldBy(page).token)).toBe(401);
    expect(await world.spend(heldBy(page).secret)).toEqual({
      status: 400,
      detail: "Session doesn't have required client",
    });
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
    expect(page.engine.state().endReason).toBe('refused');
  });

  it('ends the session also for two that come at once, of which one is answered', async () => {
    const page = world.tab();
    await signIn(page);
    const { secret, token } = heldBy(page);
    const both = await Promise.all([world.spend(secret), world.spend(secret)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await world.statusOf(token)).toBe(401);
  });

  it('goes on at Keycloak all the same, so that the next sign-in asks for nothing', async () => {
    const browser = new Browser();
    const page = world.tab();
    await signIn(page, 'ada', browser);
    const { secret } = heldBy(page);
    await page.engine.refresh();
    await world.spend(secret);
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, ENDED);
    const redirect = await begin(page.engine, { prompt: 'none' });
    const url = await signInAtKeycloak(redirect.redirect, 'ada', browser);
    await complete(page.engine, page.callback, url, redirect);
    expect(await world.statusOf(heldBy(page).token)).toBe(200);
  });
}
