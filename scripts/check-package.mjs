// Reads the packed library as npm would publish it: what must be in the tarball is there, nothing else is, and nothing runs at an import.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { effectsOfImport } from './package/at-import.mjs';

const FOLDER = 'dist/ngx-latchkey';
const [{ files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: FOLDER, encoding: 'utf8' }),
);
const names = files.map(file => file.path);
const manifest = JSON.parse(readFileSync(`${FOLDER}/package.json`, 'utf8'));
const problems = [];

const required = [
  'README.md',
  'LICENSE',
  'latchkey-vault.js',
  'schematics/collection.json',
  'schematics/ng-add/client-schema.json',
  ...['ng-add', 'provider'].flatMap(name => [
    `schematics/${name}/index.cjs`,
    `schematics/${name}/schema.json`,
  ]),
  // A template that is a spec belongs to those who generate it.
  ...['server', 'delegated'].flatMap(kind => [
    `schematics/provider/files/${kind}/__dashed__-provider.ts.template`,
    `schematics/provider/files/${kind}/__dashed__-provider.spec.ts.template`,
  ]),
  ...Object.values(manifest.exports)
    .flatMap(entry => Object.values(entry))
    .map(path => path.replace('./', '')),
];
for (const name of required) if (!names.includes(name)) problems.push(`${name} is missing from the tarball`);
for (const name of names) {
  // The map of a declaration leads to sources that are not in the package.
  if (/\.spec\.(?!ts\.template$)|testing-support|karma|tsconfig|\.d\.ts\.map$/.test(name))
    problems.push(`${name} does not belong into the tarball`);
}

const readme = readFileSync(`${FOLDER}/README.md`, 'utf8');
for (const [, link] of readme.matchAll(/\]\((docs\/[\w-]+\.\w+)/g)) {
  if (!names.includes(link)) problems.push(`README.md links to ${link}, which is not in the tarball`);
}

const core = readFileSync(`${FOLDER}/fesm2022/ngx-latchkey-core.mjs`, 'utf8');
if (/from ['"]@angular/.test(core)) problems.push('ngx-latchkey/core imports Angular');
for (const peer of ['common', 'core', 'router']) {
  if (!/^>=\d+\.\d+\.\d+$/.test(manifest.peerDependencies[`@angular/${peer}`])) {
    problems.push(`the peer range of @angular/${peer} is not open upwards`);
  }
}
const allowed = ['jwt-decode', 'oauth4webapi', 'tslib'];
const extra = Object.keys(manifest.dependencies).filter(name => !allowed.includes(name));
if (extra.length > 0) problems.push(`unexpected dependencies: ${extra.join(', ')}`);
const provided = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, [manifest.name]: '' });
for (const name of names.filter(name => name.endsWith('.mjs'))) {
  const code = readFileSync(`${FOLDER}/${name}`, 'utf8');
  for (const [, from] of code.matchAll(/^(?:import|export) .*?from '([^'.][^']*)';$/gm)) {
    if (!provided.some(known => from === known || from.startsWith(`${known}/`)))
      problems.push(`${name} imports ${from}, which nobody installs`);
  }
}

problems.push(...(await effectsOfImport(FOLDER, manifest.exports)));
for (const [name, conditions] of Object.entries(manifest.exports)) {
  // The first condition that fits counts, and TypeScript's has to come before the others.
  if (name !== './package.json' && Object.keys(conditions).join() !== 'types,default')
    problems.push(`the conditions of ${name} are ${Object.keys(conditions).join()}`);
}

const bundles = ['ngx-latchkey', 'ngx-latchkey-core', 'ngx-latchkey-averos'].map(name =>
  readFileSync(`${FOLDER}/fesm2022/${name}.mjs`, 'utf8'),
);
const documented = readFileSync('docs/errors.md', 'utf8');
for (const [, code] of bundles.join('\n').matchAll(/(?:authError|refuse)\('[\w-]+', '([\w-]+)'/g)) {
  if (!documented.includes(`\`${code}\``)) problems.push(`docs/errors.md does not know ${code}`);
}

for (const problem of problems) console.error(`✘ ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`The tarball holds ${names.length} files and what it should.`);
