import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../src/index.js';
import { removeScratchFolders, scratchFolder } from './support/scratch-folder.js';
import { averosTokenOf, bearer, closeServers, grantOf, startServer } from './support/test-server.js';

describe('the data file', () => {
  let data: string;
  beforeEach(async () => (data = join(await scratchFolder(), '.latchkey', 'data.json')));
  afterEach(async () => {
    await closeServers();
    await removeScratchFolders();
  });

  it('carries users, sessions, notes and secrets over a restart', async () => {
    const before = await startServer({ data });
    const registered = { username: 'mary', password: 'latchkey-mary' };
    const grant = grantOf(await before.post('/auth/register', registered));
    const next = grantOf(await before.refresh(grant.refreshToken));
    await before.call('POST', '/api/notes', { text: 'kept' }, bearer(next.accessToken));
    await before.server.close();

    const after = await startServer({ data });
    expect((await after.get('/auth/me', next.accessToken)).body['username']).toBe('mary');
    expect((await after.get('/api/notes', next.accessToken)).body['notes']).toEqual([
      jasmine.objectContaining({ text: 'kept' }),
    ]);
    expect(grantOf(await after.refresh(grant.refreshToken)).refreshToken).toBe(next.refreshToken);
    expect((await after.refresh(next.refreshToken)).status).toBe(200);
    after.time += 31_000;
    expect((await after.refresh(grant.refreshToken)).body['reason']).toBe('reused');
    expect((await after.post('/auth/login', registered)).status).toBe(200);
  });

  it('holds an answered login even when the server is never closed', async () => {
    const before = await startServer({ data });
    const { refreshToken } = await before.signIn();
    const after = await startServer({ data });
    expect((await after.refresh(refreshToken)).status).toBe(200);
  });

  it('keeps Averos sessions and opaque tokens too', async () => {
    const before = await startServer({ data });
    const login = await before.post('/averos/auth/login', { userName: 'ada', password: 'latchkey-ada' });
    await before.server.close();
    const after = await startServer({ data });
    expect((await after.get('/api/admin', averosTokenOf(login))).status).toBe(200);
  });

  it('is readable by its owner only, shows times as people do, and no token or password', async () => {
    const test = await startServer({ data });
    const { accessToken, refreshToken } = await test.signIn();
    expect((await stat(data)).mode & 0o777).toBe(0o600);
    expect((await readdir(join(data, '..'))).sort()).toEqual(['.gitignore', 'data.json']);
    const text = await readFile(data, 'utf8');
    expect(text).toContain('"createdAt": "2026-01-01T00:00:00.000Z"');
    expect(text).toContain('"passwordHash": "$argon2id$');
    for (const secret of [accessToken, refreshToken, 'latchkey-ada'])
      expect(text.includes(secret)).toBe(false);
  });

  it('is whole after many writes at once', async () => {
    const test = await startServer({ data });
    await Promise.all(Array.from({ length: 40 }, () => test.signIn()));
    const kept = JSON.parse(await readFile(data, 'utf8')) as { readonly sessions: readonly unknown[] };
    expect(kept.sessions.length).toBe(40);
    expect((await readdir(join(data, '..'))).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  it('may be edited by hand, comments included', async () => {
    const before = await startServer({ data });
    await before.server.close();
    const text = await readFile(data, 'utf8');
    await writeFile(data, text.replace('"Ada Lovelace"', '"Countess of Lovelace" /* her title */'));
    const after = await startServer({ data });
    const { accessToken } = await after.signIn();
    expect((await after.get('/auth/me', accessToken)).body['name']).toBe('Countess of Lovelace');
  });

  it('is refused with the line that is wrong, and left alone', async () => {
    const before = await startServer({ data });
    await before.server.close();
    const text = await readFile(data, 'utf8');
    const lineOf = (key: string): number => text.slice(0, text.indexOf(key)).split('\n').length;
    const damages = [
      { damaged: text.slice(0, text.length / 2), line: undefined, says: 'not valid JSON' },
      { damaged: '', line: 1, says: 'The file is empty' },
      {
        damaged: text.replace('"version": 1', '"version": 2'),
        line: lineOf('"version"'),
        says: 'version must be',
      },
      { damaged: text.replace('"users"', '"user"'), line: lineOf('"users"'), says: 'Did you mean "users"?' },
      {
        damaged: text.replace('"$argon2id', '"plain'),
        line: undefined,
        says: 'users[0].passwordHash must be a hash',
      },
    ];
    for (const { damaged, line, says } of damages) {
      await writeFile(data, damaged);
      const error: unknown = await startServer({ data }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StartError);
      const { message } = error as StartError;
      expect(message).toContain(line === undefined ? `${data}:` : `${data}:${line}:`);
      expect(message).toMatch(/:\d+:\d+: /);
      expect(message).toContain(says);
      expect(message).toContain('was left as it is');
      expect(await readFile(data, 'utf8')).toBe(damaged);
    }
  });
});
