import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { removeScratchFolders, scratchFolder } from './support/scratch-folder.js';
import { OpenIdClient } from './support/openid-client.js';
import { bearer, call, closeServers, startServer } from './support/test-server.js';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command', () => {
  let folder: string;
  const children: ChildProcessByStdio<null, Readable, Readable>[] = [];
  beforeEach(async () => (folder = await scratchFolder()));
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await closeServers();
    await removeScratchFolders();
  });

  const start = (...args: string[]): ChildProcessByStdio<null, Readable, Readable> => {
    const command = ['--import', import.meta.resolve('tsx'), MAIN, ...args];
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
  const run = async (...args: string[]): Promise<Finished> => {
    const child = start(...args);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  };
  const firstOutput = async (child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> => {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    return chunk.toString();
  };

  it('prints one line of JSON when ready, serves, keeps its data and stops at SIGTERM', async () => {
    const child = start('--port', '0', '--json', '--access-token-lifetime', '7');
    const { url } = JSON.parse(await firstOutput(child)) as { readonly url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const login = await call(`${url}/auth/login`, 'POST', { username: 'ada', password: 'latchkey-ada' });
    expect(login.body['expiresIn']).toBe(7);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);

    const again = start('--port', '0', '--json');
    const { url: next } = JSON.parse(await firstOutput(again)) as { readonly url: string };
    const { refreshToken } = login.body;
    expect((await call(`${next}/auth/refresh`, 'POST', { refreshToken })).status).toBe(200);
  });

  it('says nothing of its own accord when the issuer is used', async () => {
    const child = start('--port', '0', '--json', '--data', 'memory');
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const { url } = JSON.parse(await firstOutput(child)) as { readonly url: string };
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const { accessToken, refreshToken } = await new OpenIdClient(url).tokens();
    await new OpenIdClient(url).refresh(refreshToken);
    expect((await call(`${url}/oidc/me`, 'GET', undefined, bearer(accessToken))).status).toBe(200);
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(said).toBe('');
  });

  it('stops at SIGINT although a request hangs', async () => {
    const child = start('--port', '0', '--json', '--data', 'memory');
    const { url } = JSON.parse(await firstOutput(child)) as { readonly url: string };
    await call(`${url}/admin/faults`, 'POST', { on: 'api', kind: 'hang' });
    const hanging = call(`${url}/api/public`, 'GET');
    hanging.catch(() => undefined);
    await call(`${url}/api/public`, 'GET');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expectAsync(hanging).toBeRejected();
  });

  it('tells a person where it is, who can sign in, and what it is not for', async () => {
    const text = await firstOutput(start('--port', '0', '--data', ''));
    expect(text).toMatch(/at http:\/\/localhost:\d+\n/);
    expect(text).toMatch(/ada +latchkey-ada +\(admin, user\)/);
    expect(text).toMatch(/issuer +http:\/\/localhost:\d+\/oidc /);
    expect(text).toMatch(/cookies +http:\/\/localhost:\d+\/bff /);
    expect(text).toContain('one-time code 000000');
    expect(text).toContain('in memory');
    expect(text).toContain('Not for production');
  });

  it('refuses a bad config file with file, line and sentence', async () => {
    const file = join(folder, 'auth.json');
    await writeFile(file, '{\n  "prot": 3333\n}');
    expect(await run('--config', file)).toEqual({
      code: 1,
      out: '',
      err: `${file}:2:3: "prot" is not known here. Did you mean "port"?\n`,
    });
  });

  it('lets the command line win over the config file', async () => {
    await writeFile(
      join(folder, 'auth.json'),
      '{ "port": 1, "data": "memory", "accessTokenLifetime": 5, "overlap": 9 }',
    );
    const child = start('--config', 'auth.json', '--port', '0', '--json', '--access-token-lifetime', '6');
    const { url } = JSON.parse(await firstOutput(child)) as { readonly url: string };
    const state = await call(`${url}/admin/state`, 'GET');
    expect(state.body['settings']).toEqual(jasmine.objectContaining({ accessTokenLifetime: 6, overlap: 9 }));
  });

  it('says what to do when the port is in use', async () => {
    const { port } = new URL((await startServer()).url);
    const { code, out, err } = await run('--port', port, '--data', 'memory');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is already in use. .*--port 0\\.\\n$`));
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--prot', '1'], /^--prot is not an option\. Did you mean --port\?\n$/],
    [['--port', 'x'], /^--port takes a whole number from 0 to 65535, not "x"\.\n$/],
    [['--rotation', 'never'], /^--rotation takes grace or strict, not "never"\.\n$/],
    [['--origin', 'https://a.test/b'], /^--origin takes an origin such as /],
    [['serve'], /^"serve" is not expected here\. See --help\.\n$/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, err } = await run(...args);
      expect(code).toBe(1);
      expect(err).toMatch(message);
    });
  }

  it('answers --version and --help', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run('--help')).out).toContain('--access-token-lifetime <seconds>');
  });
});
