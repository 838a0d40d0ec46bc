import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { SignJWT, exportJWK } from 'jose';
import { type AuthProvider, type Verdict, authError } from 'ngx-latchkey/core';
import { spaceCloudApi, spaceCloudSocket } from 'ngx-latchkey/space-cloud';
import { WebSocket } from 'ws';
import { engineTokenSource, nodeTab } from '../harness/node-tab';
import { apiCall } from './api-call';
import { heardEvents } from './heard-events';
import { type SpaceCloudDouble, startSpaceCloudDouble } from './space-cloud-double';

/** Somebody else's sign-in, that hands out the tokens it is given. */
function issuer(next: () => Promise<string>): AuthProvider {
  return {
    id: 'issuer',
    audience: 'https://issuer.test',
    endpoints: [],
    signIn: { start: async () => ({ token: await next() }) },
    session: {
      kind: 'renewable',
      secret: 'held',
      rotation: 'none',
      renew: {
        request: () => {
          throw authError('not-now', 'unreachable');
        },
        read: () => ({ failure: 'not-now', code: 'unreachable' }),
      },
    },
    api: { origins: ['https://issuer.test'] },
    factory: issuer,
  };
}

describe('space-cloud: spaceCloudApi() with the tokens of another issuer', () => {
  const secret = new TextEncoder().encode('the-secret-of-an-issuer-far-away-from-here');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listed = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const sign = (alg: string, key: Uint8Array | KeyObject, kid?: string, life = 60): Promise<string> =>
    new SignJWT({ sub: 'auth0|7', role: 'admin' })
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
      .setIssuedAt(seconds() - 10)
      .setExpirationTime(seconds() + life)
      .sign(key);
  let double: SpaceCloudDouble;

  beforeAll(async () => {
    const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    double = await startSpaceCloudDouble({
      secrets: [
        { alg: 'HS256', secret: new TextDecoder().decode(secret) },
        { alg: 'RS256', publicKey },
        {
          alg: 'JWKS',
          keys: { keys: [{ ...(await exportJWK(listed.publicKey)), kid: 'k1', alg: 'RS256' }] },
        },
      ],
    });
  });

  afterAll(() => double.close());

  const kinds: readonly (readonly [string, () => Promise<string>])[] = [
    ['HS256', () => sign('HS256', secret)],
    ['RS256', () => sign('RS256', rsa.privateKey)],
    ['RS256 by a list of keys', () => sign('RS256', listed.privateKey, 'k1')],
  ];
  for (const [name, next] of kinds) {
    it(`takes ${name} over REST, GraphQL and the socket`, async () => {
      const api = spaceCloudApi({ url: double.address, project: 'shop' });
      const provider = { ...issuer(next), ...api };
      const base = `${double.address}/v1/api/shop`;
      expect(provider.api.origins).toEqual([base]);
      const tab = nodeTab(provider);
      await tab.engine.signIn({});
      const rest = await apiCall(tab.engine, api, `${base}/crud/mongo/reports/read`, { op: 'all', find: {} });
      expect(rest.status).toBe(200);
      const query = 'query { reports @mongo { _id } }';
      const graphql = await apiCall(tab.engine, api, `${base}/graphql`, { query });
      expect(graphql.body).toEqual({ data: { reports: [] } });
      const listener = heardEvents();
      const socket = spaceCloudSocket({
        url: double.address,
        project: 'shop',
        tokens: engineTokenSource(tab.engine),
        open: (url, protocol) => new WebSocket(url, protocol),
      });
      double.collections.insert('reports', { _id: name });
      socket.subscribe({ database: 'mongo', collection: 'reports' }, listener);
      await listener.count(1);
      double.collections.remove('reports', { _id: name });
      socket.close();
      tab.close();
    });
  }

  it('tells a token that has run out from what the rules deny', async () => {
    const { api } = spaceCloudApi({ url: double.address, project: 'shop' });
    const [fresh, old] = [await sign('HS256', secret), await sign('HS256', secret, undefined, -1)];
    const judge = (status: number, body: unknown, token: string): Verdict | undefined =>
      api.judge?.({ url: '', status, header: () => null, body }, { token });
    const rest = { error: 'Failed to parse token', rawError: 'Token is expired' };
    const graphql = { errors: [{ message: 'Failed to parse token or authentication secrets not set' }] };
    expect(judge(403, rest, old)).toBe('token-refused');
    expect(judge(403, rest, fresh)).toBe('pass');
    expect(judge(403, rest, 'opaque')).toBe('pass');
    expect(judge(200, graphql, old)).toBe('token-refused');
    expect(judge(200, graphql, fresh)).toBe('pass');
    expect(judge(200, { errors: [{ message: 'auth: The two fields do not match' }] }, old)).toBe('pass');
    expect(judge(200, { data: { notes: [] } }, old)).toBe('pass');
    expect([400, 401, 404, 500].map(status => judge(status, rest, old))).toEqual(
      Array<Verdict>(4).fill('pass'),
    );
    for (const body of [
      undefined,
      null,
      '',
      [],
      { errors: 'token' },
      { errors: [null, 1] },
      { errors: null },
    ]) {
      expect(judge(200, body, old)).toBe('pass');
    }
  });
});
