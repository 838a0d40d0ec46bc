import { AuthError } from 'ngx-latchkey/core';
import { until } from '../harness/until';
import { type FirebasePage, describeFirebase, firebasePage } from './firebase-behaviour';
import { type FirebaseDouble, startFirebaseDouble } from './firebase-double';
import { administrator } from './running-firebase';

describeFirebase('the double', () => startFirebaseDouble());

/** What the emulator cannot be told: its tokens live for an hour. */
describe('firebase(): with the double in trouble', () => {
  const input = { email: 'ada@example.test', password: 'first-secret' };
  let double: FirebaseDouble;
  let page: FirebasePage;

  beforeEach(async () => {
    double = await startFirebaseDouble({ life: 2 });
    page = firebasePage(double);
    await page.actions.signUp(input);
  });
  afterEach(async () => {
    page.close();
    await double.close();
  });

  it('gives a burst of calls one new token when the old one has run out', async () => {
    await until(() => page.engine.usable() === null);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => page.engine.token()));
    expect(new Set(tokens.map(token => token?.generation))).toEqual(new Set([2]));
    expect(page.events.filter(event => event.type === 'refreshed').length).toBe(1);
  });

  it('ends when an administrator has revoked it', async () => {
    const localId = page.engine.state().record?.held.user?.id ?? '';
    await administrator(double).change({ localId, validSince: String(Math.ceil(Date.now() / 1000) + 60) });
    await until(() => page.engine.usable() === null);
    await expectAsync(page.engine.token()).toBeRejectedWithError(AuthError, /^session-ended/);
    expect(page.engine.state().endReason).toBe('refused');
  });

  it('is kept while the server is down, and logs out although it is down', async () => {
    await double.close();
    await expectAsync(page.engine.refresh()).toBeRejectedWithError(AuthError, /^unreachable/);
    expect(page.engine.state().record).not.toBeNull();
    await page.engine.end('user');
    expect(page.engine.state().phase).toBe('ended');
    expect(page.events.some(event => event.type === 'logout-not-confirmed')).toBeFalse();
  });

  it('says that a second factor is missing', async () => {
    double.wantsSecondFactor(input.email);
    await expectAsync(page.engine.signIn(input)).toBeRejectedWithError(AuthError, /^second-factor-required/);
  });
});
