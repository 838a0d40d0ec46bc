// Builds everything that is published, in order: the library clears its folder, the schematics go into it.
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { run } from './run.mjs';

const only = process.argv.slice(2);
const wanted = part => only.length === 0 || only.includes(part);

if (wanted('library')) {
  await run('npx', ['ng', 'build', 'ngx-latchkey']);
  await run('node', ['scripts/build-schematics.mjs']);
  // The worker of the vault: one file that needs no build of the application's.
  await build({
    entryPoints: ['projects/ngx-latchkey/vault-worker/main.ts'],
    outfile: 'dist/ngx-latchkey/latchkey-vault.js',
    bundle: true,
    minify: true,
    target: 'es2022',
    define: { ngDevMode: 'false' },
    logLevel: 'warning',
  });
  // The package carries the docs of its own version; the picture would be most of its weight.
  const readme = readFileSync('README.md', 'utf8').replace(/^!\[.*\n\n/m, '');
  writeFileSync('dist/ngx-latchkey/README.md', readme);
  cpSync('docs', 'dist/ngx-latchkey/docs', { recursive: true, filter: name => !name.endsWith('.png') });
  copyFileSync('LICENSE', 'dist/ngx-latchkey/LICENSE');
  // ng-packagr writes it to keep nested manifests out; everything in this folder is meant to be published.
  if (existsSync('dist/ngx-latchkey/.npmignore')) rmSync('dist/ngx-latchkey/.npmignore');
}
if (wanted('server')) {
  rmSync('projects/auth-server/dist', { recursive: true, force: true });
  await run('npm', ['run', 'build', '--silent', '--workspace', 'latchkey-auth-server']);
}
if (wanted('demo')) await run('npx', ['ng', 'build', 'demo']);
if (wanted('fault-page')) await run('npx', ['ng', 'build', 'fault-page']);
