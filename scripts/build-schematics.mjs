// Bundles the schematics into the library's package: one CommonJS file for each factory, because the package itself is ESM.
//   node scripts/build-schematics.mjs [folder]
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const SCHEMATICS = ['ng-add', 'provider'];
const target = process.argv[2] ?? 'dist/ngx-latchkey/schematics';
const { version } = JSON.parse(readFileSync('projects/ngx-latchkey/package.json', 'utf8'));

rmSync(target, { recursive: true, force: true });
await build({
  entryPoints: SCHEMATICS.map(name => `schematics/${name}/index.ts`),
  outbase: 'schematics',
  outdir: target,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The CLI brings its own devkit, the workspace its own TypeScript.
  external: ['@angular-devkit/*', '@schematics/*', 'typescript'],
  define: { LATCHKEY_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});
cpSync('schematics/ng-add/client-schema.json', `${target}/ng-add/client-schema.json`);
cpSync('schematics/collection.json', `${target}/collection.json`);
for (const name of SCHEMATICS) {
  cpSync(`schematics/${name}/schema.json`, `${target}/${name}/schema.json`);
  cpSync(`schematics/${name}/files`, `${target}/${name}/files`, { recursive: true });
}
