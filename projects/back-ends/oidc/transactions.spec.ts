import { AuthError } from 'ngx-latchkey/core';
import { CLIENT_ID } from './hostile-issuer';
import { hostileWorld } from './hostile-world';
import { APPLICATION } from './node-browser';

describe('oidc(): sign-ins under way', () => {
  const world = hostileWorld();

  const codesUsed = (): number =>
    world.issuer.requests.filter(request => request === '/token authorization_code').length;

  it('F70: two tabs sign in at once, and neither takes the transaction of the other', async () => {
    const [one, other] = [await world.wayBack(), await world.wayBack()];
    expect(new URL(one).searchParams.get('state')).not.toBe(new URL(other).searchParams.get('state'));
    const [second, first] = [world.open({}, other), world.open({}, one)];
    await Promise.all([first.arrival, second.arrival]);
    expect([first, second].map(({ engine }) => engine.usable()?.held.user?.id)).toEqual(['ada', 'ada']);
    expect(codesUsed()).toBe(2);
  });

  it('F70: a callback that is rendered twice uses its code once', async () => {
    const url = await world.wayBack();
    const [once, twice] = [world.open({}, url), world.open({}, url)];
    await once.arrival;
    await world.expectRefusal(twice.arrival ?? Promise.resolve(), 'transaction-unknown');
    expect([codesUsed(), once.engine.usable()?.held.user?.id]).toEqual([1, 'ada']);
    // The page that came second lives with the session of the first.
    await twice.engine.settled();
    expect(twice.engine.usable()?.held.user?.id).toBe('ada');
  });

  it('F70: a `state` that is too old ends in an error that asks for a new sign-in', async () => {
    const url = await world.wayBack();
    world.browser.ahead = 601_000;
    const page = world.open({}, url);
    const { failure } = await world.expectRefusal(page.arrival ?? Promise.resolve(), 'transaction-unknown');
    expect(failure).toBe('needs-user');
    expect(page.events).toContain(
      jasmine.objectContaining({ type: 'sign-in-failed', code: 'transaction-unknown' }),
    );
    expect([codesUsed(), page.page.url().href]).toEqual([0, APPLICATION]);
  });

  it('F70: a code that was used is refused', async () => {
    const url = new URL(await world.wayBack());
    await world.open({}, url.href).arrival;
    const other = new URL(await world.wayBack());
    other.searchParams.set('code', url.searchParams.get('code') ?? '');
    const page = world.open({}, other.href);
    const { failure } = await world.expectRefusal(page.arrival ?? Promise.resolve(), 'code-refused');
    expect(failure).toBe('needs-user');
    // The session that is there is none of its business.
    await page.engine.settled();
    expect(page.engine.usable()?.held.user?.id).toBe('ada');
  });

  it('F70: a code of somebody else is of no use, since its verifier is not here', async () => {
    const stolen = new URL(await world.wayBack()).searchParams.get('code') ?? '';
    const own = new URL(await world.wayBack());
    own.searchParams.set('code', stolen);
    await world.expectRefusal(world.open({}, own.href).arrival ?? Promise.resolve(), 'code-refused');
  });

  it('refuses a `state` that another browser has begun with', async () => {
    const url = await world.wayBack();
    for (const key of Object.keys(world.browser.storage)) world.browser.storage.removeItem(key);
    await world.expectRefusal(world.open({}, url).arrival ?? Promise.resolve(), 'transaction-unknown');
    expect(codesUsed()).toBe(0);
  });

  it('is not kept from signing in by a damaged transaction, and takes it away', async () => {
    world.browser.storage.setItem('ngx-latchkey:sign-in:damaged', '{');
    await world.open({}, await world.wayBack()).arrival;
    expect(codesUsed()).toBe(1);
    expect(Object.keys(world.browser.storage)).not.toContain('ngx-latchkey:sign-in:damaged');
  });

  it('takes no notice of a URL without a `state`, nor of one with tokens in it', async () => {
    const url = new URL(await world.wayBack());
    url.searchParams.delete('state');
    expect(world.open({}, url.href).arrival).toBeUndefined();
    expect(world.open({}, `${APPLICATION}?access_token=x&state=y`).arrival).toBeUndefined();
    expect(world.open({}, `${APPLICATION}#access_token=x&id_token=y&state=z`).arrival).toBeUndefined();
    expect(codesUsed()).toBe(0);
  });

  it('takes no notice of an answer at another page of the application', async () => {
    const url = new URL(await world.wayBack());
    url.pathname = '/elsewhere';
    expect(world.open({}, url.href).arrival).toBeUndefined();
  });

  it('takes no part in a transaction of another client or another issuer', async () => {
    const url = await world.wayBack();
    for (const other of [{ issuer: 'http://127.0.0.1:9/other' }, { clientId: 'other' }]) {
      const page = world.open(other, url);
      expect(page.arrival).toBeUndefined();
      await page.engine.settled();
      expect(page.engine.usable()).toBeNull();
    }
    expect(codesUsed()).toBe(0);
  });

  it('mixes no issuers up: an answer that names another is refused before the code is sent anywhere', async () => {
    world.issuer.script = { callback: parameters => parameters.set('iss', 'http://127.0.0.1:9/other') };
    const page = world.open({}, await world.wayBack());
    await world.expectRefusal(page.arrival ?? Promise.resolve(), 'invalid-authorization-response');
    expect(codesUsed()).toBe(0);
  });

  it('keeps no token in the storage of a sign-in, and nothing at all once it is through', async () => {
    const url = await world.wayBack();
    const { storage } = world.browser;
    expect(Object.keys(storage).length).toBe(1);
    const code = new URL(url).searchParams.get('code') ?? '';
    expect(JSON.stringify(storage)).not.toContain(code);
    await world.open({}, url).arrival;
    expect(Object.keys(storage)).toEqual([]);
  });

  it('asks with a new `state`, `nonce` and challenge each time, and keeps the verifier to itself', async () => {
    const urls = [await world.open().leave(), await world.open().leave()].map(
      url => new URL(url).searchParams,
    );
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(urls[0]?.get(name)?.length).toBeGreaterThan(40);
      expect(urls[0]?.get(name)).not.toBe(urls[1]?.get(name) ?? '');
    }
    expect(urls[0]?.get('code_challenge_method')).toBe('S256');
  });

  it('lets no option change what protects a sign-in', async () => {
    const parameters = {
      state: 'mine',
      nonce: 'mine',
      code_challenge_method: 'plain',
      response_type: 'token',
    };
    const asked = new URL(await world.open({ parameters }).leave({ parameters })).searchParams;
    expect([asked.get('response_type'), asked.get('code_challenge_method'), asked.get('client_id')]).toEqual([
      'code',
      'S256',
      CLIENT_ID,
    ]);
    expect([asked.get('state'), asked.get('nonce')]).not.toContain('mine');
  });

  it('comes back to the application as it was, whatever the `state` of the logout [oidcc-client-test-rp-init-logout-other-state]', async () => {
    const { page, logout } = await world.signIn();
    const url = new URL((await logout()) ?? '');
    expect(url.searchParams.get('state')).toMatch(/^out\./);
    const back = world.open({}, `${APPLICATION}?state=out.of-somebody-else`);
    expect([back.arrival, back.page.url().href, page.left.length]).toEqual([undefined, APPLICATION, 1]);
    await back.engine.settled();
    expect(back.engine.usable()).toBeNull();
  });

  it('comes back to the application without the `state` of the logout [oidcc-client-test-rp-init-logout-no-state]', async () => {
    await (await world.signIn()).logout();
    const back = world.open({}, APPLICATION);
    await back.engine.settled();
    expect([back.arrival, back.engine.usable()]).toEqual([undefined, null]);
  });

  it('logs out here although the server fails to hear of it, and says so', async () => {
    world.issuer.script = { revocation: { status: 503 } };
    const page = await world.signIn();
    await page.logout();
    expect(page.engine.usable()).toBeNull();
    expect(page.events).toContain(
      jasmine.objectContaining({ type: 'logout-not-confirmed', code: 'server-error' }),
    );
  });

  it('says so, too, when the server does not revoke what it was sent', async () => {
    world.issuer.script = { revocation: { status: 400, body: { error: 'unsupported_token_type' } } };
    const page = await world.signIn();
    await page.logout();
    expect(page.events).toContain(jasmine.objectContaining({ type: 'logout-not-confirmed' }));
  });

  it('has nothing to say to whoever is not signed in', async () => {
    await expectAsync(world.open().engine.refresh()).toBeRejectedWithError(AuthError, /^unauthenticated/);
  });

  const { host } = new URL(APPLICATION);
  for (const returnUrl of [
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test/',
    'javascript:alert(1)',
    'data:text/html,evil',
    `blob:http://${host}/1`,
    `//user@${host}/`,
    `http://:password@${host}/`,
  ]) {
    it(`goes on where it began if it is asked to go on at ${returnUrl}`, async () => {
      const { page, engine } = await world.signIn({}, { returnUrl });
      expect([page.url().href, engine.usable()?.held.user?.id]).toEqual([APPLICATION, 'ada']);
    });
  }

  it('F70: leaves the way back to the session of the application that it belongs to', async () => {
    const other = { clientId: 'back-office' };
    world.issuer.script = { idToken: claims => ({ ...claims, aud: 'back-office' }) };
    const url = await world.wayBack(other);
    const first = world.open({}, url);
    expect(first.arrival).toBeUndefined();
    expect(first.page.url().href).toBe(url);
    const second = world.open(other, url);
    await second.arrival;
    expect(second.engine.usable()?.held.user?.id).toBe('ada');
    expect(second.page.url().href).toBe(APPLICATION);
  });

  it('begins a sign-in although what is left of another is damaged', async () => {
    world.browser.storage.setItem('ngx-latchkey:sign-in:damaged', '{');
    expect((await world.signIn()).engine.usable()).not.toBeNull();
    expect(world.browser.storage.getItem('ngx-latchkey:sign-in:damaged')).toBeNull();
  });

  for (const pushedAuthorization of ['when-required', 'always'] as const) {
    it(`keeps the parameters of the authorization endpoint itself (pushed: ${pushedAuthorization})`, async () => {
      world.issuer.script = {
        metadata: metadata => ({
          ...metadata,
          authorization_endpoint: `${String(metadata['authorization_endpoint'])}?policy=sign-in&prompt=login`,
        }),
      };
      const url = new URL(await world.open({ pushedAuthorization }).leave({ prompt: 'consent' }));
      expect(url.searchParams.get('policy')).toBe('sign-in');
      const pushed = pushedAuthorization === 'always';
      expect(url.searchParams.getAll('prompt')).toEqual([pushed ? 'login' : 'consent']);
      expect(url.searchParams.has('request_uri')).toBe(pushed);
    });
  }
});
