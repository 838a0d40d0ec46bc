import { readFileSync } from 'node:fs';
import { replayFixtures } from '../harness/replay-fixtures';
import type { WireFixture } from '../harness/wire-fixture';
import { type FeathersServer, startFeathers } from './feathers-server';

const fixtures = JSON.parse(readFileSync(new URL('wire.json', import.meta.url), 'utf8')) as WireFixture[];

describe('feathers: a real server', () => {
  let server: FeathersServer;
  beforeAll(async () => {
    server = await startFeathers();
  });
  afterAll(() => server.close());

  it('answers as it is written', async () => {
    expect(await replayFixtures(server.address, fixtures)).toEqual([]);
  });

  it('sends no password, and does not revoke a token that is removed', async () => {
    const login = { strategy: 'local', email: 'bob@x.io', password: 'secret' };
    const ask = (method: string, headers: Record<string, string>, body?: object): Promise<Response> =>
      fetch(`${server.address}/authentication`, {
        method,
        headers: { 'Content-Type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
    const text = await (await ask('POST', {}, login)).text();
    expect(text).not.toContain('password');
    const { accessToken } = JSON.parse(text) as { readonly accessToken: string };
    const headers = { Authorization: `Bearer ${accessToken}` };
    expect((await ask('DELETE', headers)).status).toBe(200);
    expect((await fetch(`${server.address}/users/1`, { headers })).status).toBe(200);
  });
});
