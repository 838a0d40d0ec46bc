import { decodeJwt } from 'jose';
import { closeServers, grantOf, startServer } from './support/test-server.js';

describe('refresh', () => {
  afterEach(closeServers);

  it('rotates the refresh token and counts the generation up', async () => {
    const test = await startServer();
    const first = await test.signIn();
    const second = grantOf(await test.refresh(first.refreshToken));
    const third = grantOf(await test.refresh(second.refreshToken));
    expect(new Set([first, second, third].map(grant => grant.refreshToken)).size).toBe(3);
    expect([first, second, third].map(grant => decodeJwt(grant.accessToken)['gen'])).toEqual([0, 1, 2]);
    expect((await test.get('/auth/me', first.accessToken)).status).toBe(200);
  });

  it('answers a repeat within the overlap with the same successor', async () => {
    const test = await startServer({ overlap: 30 });
    const { refreshToken } = await test.signIn();
    const answer = grantOf(await test.refresh(refreshToken));
    test.time += 30_000;
    const repeat = await test.refresh(refreshToken);
    expect(repeat.status).toBe(200);
    expect(grantOf(repeat).refreshToken).toBe(answer.refreshToken);
    expect((await test.refresh(answer.refreshToken)).status).toBe(200);
  });

  it('ends the family when a token is used again after the overlap', async () => {
    const test = await startServer({ overlap: 30 });
    const { refreshToken } = await test.signIn();
    const next = grantOf(await test.refresh(refreshToken));
    test.time += 30_001;
    const reuse = await test.refresh(refreshToken);
    expect(reuse.status).toBe(401);
    expect(reuse.body).toEqual(
      jasmine.objectContaining({ code: 'invalid_grant', error: 'invalid_grant', reason: 'reused' }),
    );
    expect((await test.refresh(next.refreshToken)).body['reason']).toBe('reused');
    expect((await test.get('/auth/me', next.accessToken)).body['code']).toBe('invalid_token');
  });

  it('ends the family when a token older than the previous one comes back, even within the overlap', async () => {
    const test = await startServer();
    const { refreshToken } = await test.signIn();
    const second = grantOf(await test.refresh(refreshToken));
    const third = grantOf(await test.refresh(second.refreshToken));
    expect((await test.refresh(refreshToken)).body['reason']).toBe('reused');
    expect((await test.refresh(third.refreshToken)).body['reason']).toBe('reused');
  });

  it('ends the family at the first repeat when rotation is strict', async () => {
    const test = await startServer({ rotation: 'strict' });
    const { refreshToken } = await test.signIn();
    const next = grantOf(await test.refresh(refreshToken));
    expect((await test.refresh(refreshToken)).body['reason']).toBe('reused');
    expect((await test.refresh(next.refreshToken)).body['reason']).toBe('reused');
  });

  it('leaves other sessions of the same user alone', async () => {
    const test = await startServer({ rotation: 'strict' });
    const [lost, other] = [await test.signIn(), await test.signIn()];
    await test.refresh(lost.refreshToken);
    await test.refresh(lost.refreshToken);
    expect((await test.refresh(other.refreshToken)).status).toBe(200);
  });

  it('gives 100 refreshes at once one rotation and one successor', async () => {
    const test = await startServer();
    const { refreshToken } = await test.signIn();
    const answers = await Promise.all(Array.from({ length: 100 }, () => test.refresh(refreshToken)));
    expect(new Set(answers.map(answer => grantOf(answer).refreshToken)).size).toBe(1);
    expect((await test.get('/admin/state')).body['counters']).toEqual(
      jasmine.objectContaining({ 'refresh.rotated': 1, 'refresh.repeated': 99 }),
    );
  });

  it('refuses a token that has expired, and extends its life with every rotation', async () => {
    const test = await startServer({ refreshTokenLifetime: 100 });
    const { refreshToken } = await test.signIn();
    test.time += 99_999;
    const next = grantOf(await test.refresh(refreshToken));
    test.time += 99_999;
    expect((await test.refresh(next.refreshToken)).status).toBe(200);
    const idle = await test.signIn();
    test.time += 100_000;
    expect((await test.refresh(idle.refreshToken)).body['reason']).toBe('expired');
  });

  it('does not know a token it never gave, nor an access token', async () => {
    const test = await startServer();
    const { accessToken } = await test.signIn();
    for (const token of ['made-up', accessToken]) {
      expect((await test.refresh(token)).body).toEqual(
        jasmine.objectContaining({ code: 'invalid_grant', reason: 'unknown' }),
      );
    }
  });
});
