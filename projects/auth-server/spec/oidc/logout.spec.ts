import { OpenIdClient } from '../support/openid-client.js';
import { closeServers, startServer, type TestServer } from '../support/test-server.js';

const HOME = 'http://localhost:4200/signed-out';

describe('signing out with OpenID', () => {
  let test: TestServer;
  let client: OpenIdClient;
  beforeEach(async () => {
    test = await startServer();
    client = new OpenIdClient(test.url);
  });
  afterEach(closeServers);

  const endSession = (fields: Readonly<Record<string, string>>): ReturnType<OpenIdClient['authorize']> =>
    client.browser.get(`${client.issuer}/session/end?${new URLSearchParams(fields).toString()}`);
  const xsrfOf = (html: string): string => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

  it("goes back to the app without a click and ends the browser's session", async () => {
    const { idToken } = await client.tokens();
    const page = await endSession({ id_token_hint: idToken, post_logout_redirect_uri: HOME, state: 'bye' });
    expect(page.status).toBe(200);
    expect(page.text).toContain("<script>document.querySelector('button').click();</script>");
    expect(page.headers.get('content-security-policy')).toContain("script-src 'sha256-");

    const fields = { xsrf: xsrfOf(page.text), logout: 'yes' };
    const end = await client.browser.post(`${client.issuer}/session/end/confirm`, fields);
    expect([end.status, end.location]).toEqual([303, `${HOME}?state=bye`]);
    const silent = await client.authorize(client.parameters({ prompt: 'none' }));
    expect(silent.location).toContain('error=login_required');
  });

  it('asks when it does not know for whom', async () => {
    await client.signIn();
    const page = await endSession({});
    expect(page.text).toContain('Do you want to sign out?');
    expect(page.text).not.toContain('<script');
  });

  it('leads to no foreign address', async () => {
    const { idToken } = await client.tokens();
    const page = await endSession({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.test/' });
    expect([page.status, page.text.includes('post_logout_redirect_uri')]).toEqual([400, true]);
  });

  it('takes the access tokens of a login without offline_access along', async () => {
    const callback = await client.signIn('ada', client.parameters({ scope: 'openid' }));
    const { body } = await client.redeem(callback);
    const token = String(body['access_token']);
    expect((await test.get('/api/profile', token)).status).toBe(200);
    const page = await endSession({ client_id: client.clientId });
    await client.browser.post(`${client.issuer}/session/end/confirm`, {
      xsrf: xsrfOf(page.text),
      logout: 'yes',
    });
    expect((await test.get('/api/profile', token)).status).toBe(401);
  });
});
