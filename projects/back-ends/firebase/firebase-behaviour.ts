import { AuthError, type RecordStore, memoryStore, actionContext } from 'ngx-latchkey/core';
import { type FirebaseActions, firebase } from 'ngx-latchkey/firebase';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { type RunningFirebase, administrator } from './running-firebase';

/** A page of an application with Firebase, for as long as a spec takes. */
export interface FirebasePage extends NodeTab {
  readonly actions: FirebaseActions;
}

export function firebasePage({ address, projectId }: RunningFirebase, store?: RecordStore): FirebasePage {
  const provider = firebase({ apiKey: 'web-key', projectId, emulator: address });
  const tab = nodeTab(provider, store);
  const { engine } = tab;
  const actions = provider.actions?.(actionContext(engine));
  if (actions === undefined) throw new Error('The provider has no actions.');
  return { ...tab, actions };
}

/** What has to be true of Firebase, whoever plays it. */
export function describeFirebase(name: string, start: () => Promise<RunningFirebase>): void {
  describe(`firebase(): with ${name}`, () => {
    let server: RunningFirebase;
    let page: FirebasePage;
    let accounts = 0;
    const password = 'first-secret';
    const newEmail = (): string => `user-${String((accounts += 1))}@example.test`;

    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.close());
    beforeEach(() => {
      page = firebasePage(server);
    });
    afterEach(() => {
      page.close();
    });

    const user = () => page.engine.state().record?.held.user;
    const profile = () => user()?.profile ?? {};
    const failed = (code: string): [typeof AuthError, RegExp] => [AuthError, new RegExp(`^${code}`)];
    const signUp = async (): Promise<{ readonly email: string; readonly localId: string }> => {
      const email = newEmail();
      const made = await page.actions.signUp({ email, password });
      return { email, localId: made?.id ?? '' };
    };

    it('signs up and in', async () => {
      const email = newEmail();
      const made = await page.actions.signUp({ email, password, displayName: 'Ada' });
      expect(made).toEqual(jasmine.objectContaining({ name: 'Ada', email }));
      expect(page.engine.state().phase).toBe('fresh');
      await page.engine.end('user');
      await page.engine.signIn({ email, password });
      expect(user()?.id).toBe(made?.id);
      expect(page.engine.usable()?.held.token).toMatch(/^[\w-]+\.[\w-]+\.$/);
      expect(JSON.stringify(user())).not.toContain(page.engine.usable()?.held.secret ?? '');
    });

    it('does not sign up twice with one address, nor with a weak password', async () => {
      const { email } = await signUp();
      await expectAsync(page.actions.signUp({ email, password })).toBeRejectedWithError(
        ...failed('already-exists'),
      );
      const weak = page.actions.signUp({ email: newEmail(), password: '123' });
      await expectAsync(weak).toBeRejectedWithError(...failed('weak-password: .*at least 6 characters'));
    });

    it('refuses a wrong password and an unknown address, protected or not', async () => {
      const { email } = await signUp();
      for (const protects of [true, false]) {
        await administrator(server).protectEmails(protects);
        for (const input of [
          { email, password: 'wrong-secret' },
          { email: 'nobody@example.test', password },
        ]) {
          await expectAsync(page.engine.signIn(input)).toBeRejectedWithError(
            ...failed('invalid-credentials'),
          );
        }
      }
    });

    it('signs in anonymously, and makes the account a lasting one', async () => {
      await page.engine.signIn({ anonymous: true });
      const id = user()?.id;
      expect(profile()['provider_id']).toBe('anonymous');
      const email = newEmail();
      await page.actions.updateProfile({ email, password });
      expect(user()?.id).toBe(id);
      expect(user()?.email).toBe(email);
      await page.engine.refresh();
      await page.engine.signIn({ email, password });
      expect(user()?.id).toBe(id);
    });

    it("signs in with the application's own token, and finds the roles in it", async () => {
      const uid = `uid-${String((accounts += 1))}`;
      const claims = { roles: ['editor'], permissions: 'publish' };
      await page.engine.signIn({ customToken: JSON.stringify({ uid, claims }) });
      expect(user()).toEqual(
        jasmine.objectContaining({ id: uid, roles: ['editor'], permissions: ['publish'] }),
      );
      await page.engine.refresh();
      expect(user()?.roles).toEqual(['editor']);
      await expectAsync(page.engine.signIn({ customToken: '{}' })).toBeRejectedWith(jasmine.any(AuthError));
    });

    it('signs in with the token of an identity provider', async () => {
      const email = newEmail();
      const idToken = JSON.stringify({ sub: email, email, email_verified: true });
      await page.engine.signIn({ providerId: 'google.com', idToken });
      expect(user()?.email).toBe(email);
      const wrong = page.engine.signIn({ providerId: 'google.com', idToken: 'nothing' });
      await expectAsync(wrong).toBeRejectedWithError(...failed('invalid-credentials'));
    });

    it('says so where the address of an identity provider belongs to another account', async () => {
      const { email } = await signUp();
      const login = page.engine.signIn({
        providerId: 'facebook.com',
        idToken: JSON.stringify({ sub: email, email }),
      });
      await expectAsync(login).toBeRejectedWithError(...failed('other-sign-in-required'));
    });

    it('signs in with a link that was mailed, once', async () => {
      const email = newEmail();
      await page.actions.sendSignInLink({ email, continueUrl: 'https://app.example.test/login' });
      const link = await administrator(server).lastLink(email, 'EMAIL_SIGNIN');
      await page.engine.signIn({ email, link });
      expect(user()?.email).toBe(email);
      await expectAsync(page.engine.signIn({ email, link })).toBeRejectedWithError(...failed('not-accepted'));
    });

    it('resets a password', async () => {
      const { email } = await signUp();
      await page.actions.sendPasswordReset({ email });
      const code = codeIn(await administrator(server).lastLink(email, 'PASSWORD_RESET'));
      expect(await page.actions.confirmPasswordReset({ code, password: 'second-secret' })).toEqual({ email });
      await page.engine.signIn({ email, password: 'second-secret' });
      const again = page.actions.confirmPasswordReset({ code, password: 'third-secret' });
      await expectAsync(again).toBeRejectedWithError(...failed('not-accepted'));
    });

    it('does not tell which addresses there are when a reset is asked for', async () => {
      const asked = page.actions.sendPasswordReset({ email: 'nobody@example.test' });
      await expectAsync(asked).toBeResolved();
    });

    it('verifies an address, which the next token says', async () => {
      const { email } = await signUp();
      expect(profile()['email_verified']).toBeFalse();
      await page.actions.sendVerification();
      const code = codeIn(await administrator(server).lastLink(email, 'VERIFY_EMAIL'));
      await page.actions.verifyEmail({ code });
      await page.engine.refresh();
      expect(profile()['email_verified']).toBeTrue();
    });

    it('renews with the refresh token that it has, and brings new roles', async () => {
      const { localId } = await signUp();
      const before = page.engine.usable();
      await administrator(server).change({ localId, customAttributes: '{"roles":["admin"]}' });
      await page.engine.refresh();
      expect(user()?.roles).toEqual(['admin']);
      expect(page.engine.usable()?.generation).toBe(2);
      expect(page.engine.usable()?.held.secret).toBe(before?.held.secret);
    });

    it('does not sign a disabled account in, and ends its session with the next renewal', async () => {
      const { email, localId } = await signUp();
      await administrator(server).change({ localId, disableUser: true });
      await expectAsync(page.engine.signIn({ email, password })).toBeRejectedWithError(
        ...failed('account-locked'),
      );
      await expectAsync(page.engine.refresh()).toBeRejectedWithError(...failed('session-ended'));
      expect(page.engine.state().endReason).toBe('refused');
    });

    it('reads and changes the profile', async () => {
      const { email, localId } = await signUp();
      const changed = await page.actions.updateProfile({ displayName: 'Ada L.' });
      expect(changed).toEqual(jasmine.objectContaining({ id: localId, name: 'Ada L.' }));
      const found = await page.actions.profile();
      expect(found).toEqual(jasmine.objectContaining({ id: localId, name: 'Ada L.', email }));
      expect(found.profile['emailVerified']).toBeFalse();
      expect(Object.keys(found.profile)).not.toContain('passwordHash');
      await page.engine.refresh();
      expect(user()?.name).toBe('Ada L.');
    });

    it('goes on with another password', async () => {
      const { email } = await signUp();
      await page.actions.updateProfile({ password: 'second-secret' });
      await page.engine.refresh();
      await page.engine.signIn({ email, password: 'second-secret' });
      expect(user()?.email).toBe(email);
    });

    it('deletes the account, and with it the session', async () => {
      const { email } = await signUp();
      await page.actions.deleteAccount();
      expect(page.engine.state().phase).toBe('ended');
      await expectAsync(page.engine.signIn({ email, password })).toBeRejectedWithError(
        ...failed('invalid-credentials'),
      );
    });

    it('asks for a session where an action needs one', async () => {
      await expectAsync(page.actions.profile()).toBeRejectedWithError(...failed('unauthenticated'));
      await expectAsync(page.actions.sendVerification()).toBeRejectedWithError(...failed('unauthenticated'));
    });

    it('is there again after a reload, and gone after a logout', async () => {
      const store = memoryStore();
      const before = firebasePage(server, store);
      const { localId } = { localId: (await before.actions.signUp({ email: newEmail(), password }))?.id };
      before.close();
      const reloaded = firebasePage(server, store);
      await reloaded.engine.settled();
      expect(reloaded.engine.state().record?.held.user?.id).toBe(localId);
      await reloaded.engine.refresh();
      await reloaded.engine.end('user');
      expect(reloaded.engine.usable()).toBeNull();
      reloaded.close();
      const after = firebasePage(server, store);
      await after.engine.settled();
      expect(after.engine.usable()).toBeNull();
      after.close();
    });
  });
}

function codeIn(link: string): string {
  return new URL(link).searchParams.get('oobCode') ?? '';
}
