import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { removeScratchFolders, scratchFolder } from './support/scratch-folder.js';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

describe('the packed package', () => {
  afterEach(removeScratchFolders);

  it('is complete, installs without a warning about Node, and runs by npx', async () => {
    const folder = await scratchFolder();
    const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE });
    const [tarball] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n'))) as {
      filename: string;
      files: { path: string }[];
    }[];
    const paths = tarball?.files.map(({ path }) => path) ?? [];
    for (const path of ['LICENSE', 'README.md', 'dist/main.js', 'dist/index.d.ts'])
      expect(paths).toContain(path);
    expect(paths.filter(path => !/^(dist\/|LICENSE$|README\.md$|package\.json$)/.test(path))).toEqual([]);

    const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as {
      version: string;
    };
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const install = await run('npm', ['install', '--no-audit', '--no-fund', `./${tarball?.filename ?? ''}`], {
      cwd: folder,
    });
    expect(install.stderr).not.toContain('EBADENGINE');
    const started = await run('npx', ['--no-install', 'latchkey-auth-server', '--version'], { cwd: folder });
    expect(started.stdout).toBe(`${version}\n`);
    const imported = "import('latchkey-auth-server').then(m => console.log(typeof m.createAuthServer))";
    expect((await run(process.execPath, ['-e', imported], { cwd: folder })).stdout).toBe('function\n');
  }, 120_000);
});
