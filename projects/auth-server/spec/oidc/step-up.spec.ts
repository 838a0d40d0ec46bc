import { decodeJwt } from 'jose';
import { athOf, createDpopKey } from '../support/dpop-key.js';
import { OpenIdClient, tokensOf, type Tokens } from '../support/openid-client.js';
import {
  bearer,
  closeServers,
  secondsBetween,
  startServer,
  type Answer,
  type TestServer,
} from '../support/test-server.js';

const PASSWORD = 'urn:latchkey:password';
const SECOND_FACTOR = 'urn:latchkey:second-factor';
const CHALLENGE =
  'Bearer error="insufficient_user_authentication", ' +
  'error_description="This needs a second factor, shown a short while ago.", ' +
  `acr_values="${SECOND_FACTOR}", max_age="300"`;

describe('step-up authentication', () => {
  let test: TestServer;
  let client: OpenIdClient;
  beforeEach(async () => {
    test = await startServer();
    client = new OpenIdClient(test.url);
  });
  afterEach(closeServers);

  const stronger = (more: Readonly<Record<string, string>> = {}): Record<string, string> =>
    client.parameters({ acr_values: SECOND_FACTOR, ...more });
  /** Gives the code on the page that an authorization request leads to, and redeems what comes of it. */
  const stepUp = async (parameters = stronger(), code = '000000'): Promise<Tokens> => {
    const form = await client.follow(await client.authorize(parameters));
    const end = await client.follow(await client.browser.post(form.url, { code }));
    return tokensOf(await client.redeem(new URL(end.location)));
  };
  const transfer = ({ accessToken }: Tokens, method = 'POST'): Promise<Answer> =>
    test.call(method, '/api/transfer', undefined, bearer(accessToken));

  it('is announced by discovery', async () => {
    const { body } = await test.get('/oidc/.well-known/openid-configuration');
    expect(body['acr_values_supported']).toEqual([PASSWORD, SECOND_FACTOR]);
  });

  it('is asked for by an API in words that a client can read (RFC 9470)', async () => {
    const tokens = await client.tokens();
    for (const method of ['GET', 'POST']) {
      const { status, headers, body } = await transfer(tokens, method);
      expect([status, headers.get('www-authenticate')]).toEqual([401, CHALLENGE]);
      expect(body['code']).toBe('insufficient_user_authentication');
    }
    expect((await test.get('/api/profile', tokens.accessToken)).status).toBe(200);
    const own = await test.signIn();
    expect((await test.get('/api/transfer', own.accessToken)).headers.get('www-authenticate')).toBe(
      CHALLENGE,
    );
    expect((await test.get('/api/transfer')).body['code']).toBe('missing_token');
  });

  it('wants the code only, of who has given the password', async () => {
    const before = await client.tokens();
    const claims = decodeJwt(before.accessToken);
    expect([claims['acr'], secondsBetween(claims['auth_time'], test.time)]).toEqual([PASSWORD, 0]);
    test.time += 60_000;
    const form = await client.follow(await client.authorize(stronger()));
    expect([form.text.includes('name="code"'), form.text.includes('name="password"')]).toEqual([true, false]);
    const tokens = await stepUp();
    for (const token of [tokens.idToken, tokens.accessToken]) {
      expect(decodeJwt(token)).toEqual(jasmine.objectContaining({ sub: 'usr_ada', acr: SECOND_FACTOR }));
    }
    expect(secondsBetween(decodeJwt(tokens.accessToken)['auth_time'], test.time)).toBe(0);
    expect((await transfer(tokens)).body).toEqual({ message: 'You may transfer money.', method: 'POST' });
  });

  it('wants both where nobody is signed in', async () => {
    const form = await client.follow(await client.authorize(stronger()));
    expect(form.text).toContain('name="password"');
    const second = await client.browser.post(form.url, { username: 'grace', password: 'latchkey-grace' });
    expect([second.status, second.text.includes('name="code"')]).toEqual([200, true]);
    expect((await client.browser.get(form.url)).text).toContain('name="code"');
    const end = await client.follow(await client.browser.post(form.url, { code: '000000' }));
    const tokens = tokensOf(await client.redeem(new URL(end.location)));
    expect(decodeJwt(tokens.idToken).sub).toBe('usr_grace');
    expect((await transfer(tokens)).status).toBe(200);
  });

  it('lets nobody pass with a wrong code, or without a password', async () => {
    const strange = await client.follow(await client.authorize(stronger()));
    const skipped = await client.browser.post(strange.url, { code: '000000' });
    expect([skipped.status, skipped.text.includes('name="password"')]).toEqual([200, true]);
    await client.signIn();
    const form = await client.follow(await client.authorize(stronger()));
    const again = await client.browser.post(form.url, { code: '123456' });
    expect([again.status, again.text.includes('The code is wrong.')]).toEqual([200, true]);
    const cancelled = await client.follow(await client.browser.post(form.url, { cancel: 'yes' }));
    expect(cancelled.location).toContain('error=access_denied');
  });

  it('needs no page where the level has been reached, and none where any of those asked for has', async () => {
    await client.signIn();
    const any = client.parameters({ acr_values: `${SECOND_FACTOR} ${PASSWORD}` });
    expect((await client.authorize(any)).location).toContain('code=');
    const unknown = client.parameters({ acr_values: 'urn:elsewhere:gold' });
    expect((await client.authorize(unknown)).location).toContain('code=');
    const silent = await client.authorize(stronger({ prompt: 'none' }));
    expect(silent.location).toContain('error=interaction_required');
    await stepUp();
    const weaker = client.parameters({ acr_values: PASSWORD });
    expect((await client.authorize(weaker)).location).toContain('code=');
    expect((await client.authorize(stronger({ prompt: 'none' }))).location).toContain('code=');
  });

  it('grows old, by the clock of the server and whatever is refreshed', async () => {
    await client.signIn();
    const tokens = await stepUp();
    test.time += 298_000;
    expect((await transfer(tokens)).status).toBe(200);
    test.time += 5000;
    const renewed = tokensOf(await client.refresh(tokens.refreshToken));
    expect(decodeJwt(renewed.accessToken)['acr']).toBe(SECOND_FACTOR);
    for (const old of [tokens, renewed]) {
      expect((await transfer(old)).headers.get('www-authenticate')).toBe(CHALLENGE);
    }
    const form = await client.follow(await client.authorize(stronger({ max_age: '300' })));
    expect(form.text).toContain('name="password"');
    await client.browser.post(form.url, { username: 'ada', password: 'latchkey-ada' });
    const end = await client.follow(await client.browser.post(form.url, { code: '000000' }));
    const fresh = tokensOf(await client.redeem(new URL(end.location)));
    expect((await transfer(fresh)).status).toBe(200);
    expect(secondsBetween(decodeJwt(fresh.idToken)['auth_time'], test.time)).toBe(0);
  });

  it('is asked for in the scheme that the token came by', async () => {
    const prove = await createDpopKey();
    const callback = await client.signIn();
    const tokens = tokensOf(await client.redeem(callback, await prove('POST', `${client.issuer}/token`)));
    const { accessToken } = tokens;
    const proof = await prove('GET', `${test.url}/api/transfer`, { ath: athOf(accessToken) });
    const headers = { authorization: `DPoP ${accessToken}`, ...proof };
    const answer = await test.call('GET', '/api/transfer', undefined, headers);
    expect(answer.headers.get('www-authenticate')).toBe(CHALLENGE.replace('Bearer', 'DPoP'));
  });
});
