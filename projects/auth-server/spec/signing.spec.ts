import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import { join } from 'node:path';
import { removeScratchFolders, scratchFolder } from './support/scratch-folder.js';
import { closeServers, startServer, type TestServer } from './support/test-server.js';

const OLD = { id: 'old', secret: 'the-secret-of-last-year-0123456789' };
const NEW = { id: 'new', secret: 'the-secret-of-this-year-0123456789' };

describe('signing secrets', () => {
  let data: string;
  beforeEach(async () => (data = join(await scratchFolder(), 'data.json')));
  afterEach(async () => {
    await closeServers();
    await removeScratchFolders();
  });

  const serverWith = (...secrets: (typeof OLD)[]): Promise<TestServer> =>
    startServer({ data, signing: { secrets } });
  const resign = (token: string, secret: string, header: { alg: string; kid?: string }): Promise<string> =>
    new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(new TextEncoder().encode(secret));

  it('can be replaced without ending a session: the first signs, all verify', async () => {
    const before = await serverWith(OLD);
    const { accessToken: old } = await before.signIn();
    expect(decodeProtectedHeader(old).kid).toBe('old');
    await before.server.close();

    const during = await serverWith(NEW, OLD);
    expect((await during.get('/auth/me', old)).status).toBe(200);
    const { accessToken: fresh } = await during.signIn();
    expect(decodeProtectedHeader(fresh).kid).toBe('new');
    await during.server.close();

    const after = await serverWith(NEW);
    expect((await after.get('/auth/me', old)).body['code']).toBe('invalid_token');
    expect((await after.get('/auth/me', fresh)).status).toBe(200);
  });

  it('are found by kid, and by trying when the kid is missing or wrong', async () => {
    const test = await serverWith(NEW, OLD);
    const { accessToken } = await test.signIn();
    for (const header of [{ alg: 'HS256' }, { alg: 'HS256', kid: 'new' }, { alg: 'HS256', kid: 'gone' }]) {
      const token = await resign(accessToken, OLD.secret, header);
      expect((await test.get('/auth/me', token)).status).toBe(200);
    }
  });

  it('are the only ones, with the only algorithm', async () => {
    const test = await serverWith(NEW);
    const { accessToken } = await test.signIn();
    const claims = decodeJwt(accessToken);
    const forged = [
      await resign(accessToken, OLD.secret, { alg: 'HS256', kid: 'new' }),
      await resign(accessToken, NEW.secret.padEnd(64, 'x'), { alg: 'HS512' }),
      new UnsecuredJWT(claims).encode(),
      await new SignJWT({ ...claims, iss: 'somebody-else' })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(NEW.secret)),
      await new SignJWT({ ...claims, sid: 'no-such-session' })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(NEW.secret)),
    ];
    for (const token of forged)
      expect((await test.get('/auth/me', token)).body['code']).toBe('invalid_token');
  });
});
