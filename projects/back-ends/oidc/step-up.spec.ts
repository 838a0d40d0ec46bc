import type { EndReason } from 'ngx-latchkey/core';
import { until } from '../harness/until';
import { hostileWorld } from './hostile-world';
import type { OpenPage } from './node-browser';

const STRONGER = { acrValues: 'urn:example:mfa', maxAge: 60, prompt: 'login' };

const now = (): number => Math.floor(Date.now() / 1000);

describe('oidc(): a stronger sign-in over a session', () => {
  const world = hostileWorld();

  it('F73: asks for what an API wants, and keeps the session of the same user', async () => {
    const page = await world.signIn();
    const before = page.engine.usable();
    world.issuer.script = { idToken: claims => ({ ...claims, auth_time: now(), acr: 'urn:example:mfa' }) };
    const url = new URL(await world.open().leave(STRONGER));
    expect(Object.fromEntries(url.searchParams)).toEqual(
      jasmine.objectContaining({ acr_values: 'urn:example:mfa', max_age: '60', prompt: 'login' }),
    );
    const after = await world.signIn({}, STRONGER);
    expect(after.engine.usable()?.held.user?.id).toBe('ada');
    await until(() => page.engine.usable()?.held.token !== before?.held.token);
    expect(endedIn(page)).toEqual([]);
  });

  for (const [name, claims] of [
    ['a weaker kind of authentication', { auth_time: now(), acr: 'urn:example:password' }],
    ['one that is too old', { auth_time: now() - 7200, acr: 'urn:example:mfa' }],
  ] as const) {
    it(`F73: takes nothing from a sign-in with ${name} than was asked for`, async () => {
      const page = await world.signIn();
      const before = page.engine.usable();
      world.issuer.script = { idToken: known => ({ ...known, ...claims }) };
      const error = await world.expectRefusal(
        world.signIn({}, STRONGER),
        'authentication-requirements-unmet',
      );
      expect(error.failure).toBe('needs-user');
      expect(page.engine.usable()).toEqual(before);
    });
  }

  it('F73: takes one of several kinds of authentication, and one that is not told', async () => {
    for (const acr of ['silver', undefined]) {
      world.issuer.script = { idToken: known => ({ ...known, acr }) };
      const page = await world.signIn({}, { acrValues: 'gold silver' });
      expect(page.engine.usable()).not.toBeNull();
    }
  });

  it('F73: takes any where `acr_values` is a wish', async () => {
    world.issuer.script = { idToken: known => ({ ...known, acr: 'bronze' }) };
    const page = await world.signIn({}, { parameters: { acr_values: 'gold' } });
    expect(page.engine.usable()).not.toBeNull();
  });

  it('F73: is refused when the issuer does not say when the user proved who it is', async () => {
    await world.expectRefusal(world.signIn({}, STRONGER), 'invalid-id-token');
  });

  for (const [error, code] of [
    ['unmet_authentication_requirements', 'authentication-requirements-unmet'],
    ['access_denied', 'access-denied'],
    ['login_required', 'login-required'],
    ['interaction_required', 'interaction-required'],
  ] as const) {
    it(`F73: leaves the session as it is when the issuer says ${error}`, async () => {
      const page = await world.signIn();
      const before = page.engine.usable();
      world.issuer.script = {
        callback(parameters) {
          parameters.delete('code');
          parameters.set('error', error);
        },
      };
      const { failure } = await world.expectRefusal(world.signIn({}, STRONGER), code);
      expect(failure).toBe('needs-user');
      expect(page.engine.usable()).toEqual(before);
      const reloaded = world.open();
      await reloaded.engine.settled();
      expect(reloaded.engine.usable()?.held.token).toBe(before?.held.token ?? '');
    });
  }

  it('F74: that another user comes back from lends nobody her token: what waited for the first fails', async () => {
    const page = await world.signIn();
    const sid = page.engine.usable()?.sid;
    world.issuer.script = {
      idToken: claims => ({ ...claims, sub: 'eve', auth_time: now() + 300 }),
      // Renewals, which have no verifier, get no answer.
      tokens: (answer, [, verifier]) => (verifier === '' ? { silent: true } : { body: answer }),
    };
    world.browser.ahead = 299_500;
    const waiting = page.engine.token().catch((error: unknown) => error);
    const other = await world.signIn({}, STRONGER);
    const eve = other.engine.usable();
    expect(eve?.held.user?.id).toBe('eve');
    expect(eve?.sid).not.toBe(sid ?? '');
    expect(await waiting).toEqual(jasmine.objectContaining({ code: 'session-ended' }));
    await until(() => endedIn(page).length > 0);
    expect(endedIn(page)).toEqual(['account-switch']);
  });
});

function endedIn({ events }: OpenPage): readonly EndReason[] {
  return events.flatMap(event => (event.type === 'ended' ? [event.reason] : []));
}
