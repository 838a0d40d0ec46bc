import { readFileSync } from 'node:fs';
import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { SignJWT, exportJWK } from 'jose';
import { replayFixtures } from '../harness/replay-fixtures';
import type { WireFixture } from '../harness/wire-fixture';
import { type SpaceCloudDouble, startSpaceCloudDouble } from './space-cloud-double';

const WIRE = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];
const SECRETS = { one: 'first-secret-of-a-length-that-serves', two: 'second-secret-of-a-length-that-serves' };

describe('space-cloud double', () => {
  let double: SpaceCloudDouble;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listed = generateKeyPairSync('rsa', { modulusLength: 2048 });

  beforeAll(async () => {
    const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    double = await startSpaceCloudDouble({
      secrets: [
        { alg: 'HS256', secret: SECRETS.one },
        { alg: 'HS256', secret: SECRETS.two },
        { alg: 'RS256', publicKey },
        {
          alg: 'JWKS',
          keys: { keys: [{ ...(await exportJWK(listed.publicKey)), kid: 'k1', alg: 'RS256' }] },
        },
      ],
    });
  });

  afterAll(() => double.close());

  const statusWith = async (token: string, collection = 'notes'): Promise<number> => {
    const answer = await fetch(`${double.address}/v1/api/shop/crud/mongo/${collection}/read`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: '{"op":"all","find":{}}',
    });
    return answer.status;
  };
  const sign = (alg: string, key: Uint8Array | KeyObject, kid?: string, claims = {}): Promise<string> =>
    new SignJWT({ sub: 'x', ...claims }).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);
  const hs = (secret: string): Uint8Array => new TextEncoder().encode(secret);

  it('answers as it is written', async () => {
    const fresh = await startSpaceCloudDouble();
    expect(await replayFixtures(fresh.address, WIRE)).toEqual([]);
    await fresh.close();
  });

  it('takes tokens of any of its secrets', async () => {
    expect(await statusWith(await sign('HS256', hs(SECRETS.one)))).toBe(200);
    expect(await statusWith(await sign('HS256', hs(SECRETS.two)))).toBe(200);
    expect(await statusWith(await sign('RS256', rsa.privateKey))).toBe(200);
    expect(await statusWith(await sign('RS256', listed.privateKey, 'k1'))).toBe(200);
  });

  it('takes no other tokens', async () => {
    const past = Math.floor(Date.now() / 1000) - 1;
    const bad = [
      await sign('HS256', hs('some-other-secret-of-a-length-that-serves')),
      await sign('RS256', listed.privateKey, 'k2'),
      await sign('RS256', rsa.privateKey, 'k1'),
      await sign('HS256', hs(SECRETS.one), undefined, { exp: past }),
      'opaque',
    ];
    expect(await Promise.all(bad.map(token => statusWith(token)))).toEqual(bad.map(() => 403));
    expect(await statusWith(bad[0] ?? '', 'news')).toBe(200);
  });

  it('matches a claim', async () => {
    const token = (role: string): Promise<string> => sign('HS256', hs(SECRETS.one), undefined, { role });
    expect(await statusWith(await token('admin'), 'reports')).toBe(200);
    expect(await statusWith(await token('editor'), 'reports')).toBe(403);
  });

  it('drops the connection where a key is missing', async () => {
    const answer = fetch(`${double.address}/v1/api/shop/auth/mongo/email/signin`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"email":"ada@example.test","password":"secret"}',
    });
    await expectAsync(answer).toBeRejected();
  });
});
