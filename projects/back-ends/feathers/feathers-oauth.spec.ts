import { AuthError, type AuthHttp, type Grant, type Json, type Redirect, isRefusal } from 'ngx-latchkey/core';
import { feathers } from 'ngx-latchkey/feathers';
import { nodeTransport } from '../harness/node-transport';
import { walk } from './browser-walk';
import { APPLICATION, type FeathersServer, startFeathers } from './feathers-server';
import { type OpenIdServer, freePort, startOpenId } from './open-id-server';

const transport = nodeTransport();
const http: AuthHttp = {
  async send(exchange, input) {
    const outcome = exchange.read(await transport(exchange.request(input), 5_000), input);
    if (isRefusal(outcome)) throw new AuthError(outcome);
    return outcome;
  },
};

describe('feathers() by OAuth, with a real OpenID server:', () => {
  let openId: OpenIdServer;
  let server: FeathersServer;
  const signIn = (): ReturnType<typeof feathers>['signIn'] => feathers({ url: server.address }).signIn;
  const begin = async (): Promise<Redirect> =>
    (await signIn().start({ oauth: 'openid', redirect: '/welcome?a=1' }, http)) as Redirect;

  const back = async (url: URL, transaction: Json): Promise<Grant | undefined> =>
    signIn().callback?.complete(url, transaction, http);

  beforeAll(async () => {
    const port = await freePort();
    openId = await startOpenId(`http://127.0.0.1:${String(port)}/oauth/openid/callback`);
    server = await startFeathers({ port, openId });
  });
  afterAll(async () => {
    await server.close();
    openId.close();
  });

  it('signs in, and finds the same user again', async () => {
    const users: (string | undefined)[] = [];
    for (const _ of ['first', 'second']) {
      const { redirect, transaction } = await begin();
      const url = await walk(redirect, APPLICATION);
      expect(url.href).toMatch(/^http:\/\/127\.0\.0\.1:4200\/welcome\?a=1&state=[\d-]+#access_token=/);
      const grant = await back(url, transaction);
      expect(grant?.user?.profile['openidId']).toBe('ada');
      users.push(grant?.user?.id);
    }
    expect(users[0]).toBeDefined();
    expect(users[1]).toBe(users[0]);
  });

  it('tells that the user did not want to', async () => {
    const { redirect, transaction } = await begin();
    const url = await walk(redirect, APPLICATION, true);
    await expectAsync(back(url, transaction)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'sign-in-refused', failure: 'refused' }),
    );
  });

  it('takes no answer to the sign-in of another', async () => {
    const url = await walk((await begin()).redirect, APPLICATION);
    const { transaction } = await begin();
    await expectAsync(back(url, transaction)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'state-mismatch' }),
    );
  });
});
