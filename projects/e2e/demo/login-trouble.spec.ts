import { type Fault, addFault } from '../support/auth-server-admin';
import { expect, test } from './demo-test';

const TROUBLE: readonly {
  readonly answered: string;
  readonly fault: Omit<Fault, 'on'>;
  readonly says: RegExp;
}[] = [
  { answered: 'with 503', fault: { kind: 'status', status: 503 }, says: /trouble \(503\).*try again/i },
  { answered: 'with 429', fault: { kind: 'status', status: 429, retryAfter: 7 }, says: /again in 7 seconds/ },
  { answered: 'by a captive portal', fault: { kind: 'html' }, says: /Something else answered/ },
  { answered: 'by nothing', fault: { kind: 'drop' }, says: /cannot be reached/ },
];

test.describe('login trouble', { tag: '@demo' }, () => {
  for (const { answered, fault, says } of TROUBLE) {
    test(`a login answered ${answered} says what to do, and the next one works`, async ({ demo, server }) => {
      await demo.open('/login');
      await addFault(server, { ...fault, on: 'login' });
      await demo.logIn('ada');
      await expect(demo.part('login-error')).toContainText(says);
      await expect(demo.part('status')).toHaveText('anonymous');
      await demo.part('login-submit').click();
      await expect(demo.part('user-name')).toHaveText('Ada Lovelace');
    });
  }

  test('an answer with unknown field names is not taken for a login', async ({ demo, server }) => {
    await demo.page.route(`${server}/auth/login`, route =>
      route.fulfill({
        json: { jwt: 'x.y.z', renewal: 'r' },
        headers: { 'access-control-allow-origin': new URL(demo.page.url()).origin },
      }),
    );
    await demo.open('/login');
    await demo.logIn('ada');
    await expect(demo.part('login-error')).toContainText(/form this application does not know/);
    await expect(demo.part('status')).toHaveText('anonymous');
  });
});
