// What each adapter weighs by itself, and that an application which does not import one has nothing of it. Sizes are facts of the build.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIBRARY = 'dist/ngx-latchkey';
const LIMIT = 3_000;
const ADAPTERS = {
  averos: ['averos'],
  clerk: ['clerk'],
  cognito: ['cognito'],
  'eight-base': ['eightBase', 'eightBaseApi'],
  feathers: ['feathers'],
  firebase: ['firebase', 'fromFirebaseAuth'],
  'space-cloud': ['spaceCloud', 'spaceCloudApi'],
};

const problems = [];
const { exports } = JSON.parse(readFileSync(`${LIBRARY}/package.json`, 'utf8'));
const fileOf = entry => `${LIBRARY}/${exports[entry === '' ? '.' : `./${entry}`].default}`;

for (const [entry, factories] of Object.entries(ADAPTERS)) {
  for (const factory of factories) {
    const size = await weigh(`export { ${factory} } from './${fileOf(entry)}';`);
    console.log(`${`${factory}()`.padEnd(20)} ${size} B`);
    if (size > LIMIT) problems.push(`${factory}() has ${size} B gzip; the limit is ${LIMIT} B.`);
  }
}

const others = Object.keys(exports)
  .filter(path => !['.', './core', './package.json'].includes(path))
  .map(path => path.replace('.', 'ngx-latchkey'));
for (const entry of ['', 'core']) {
  const source = readFileSync(fileOf(entry), 'utf8');
  const imported = others.filter(name => source.includes(`'${name}'`));
  if (imported.length > 0)
    problems.push(`ngx-latchkey${entry && `/${entry}`} imports ${imported.join(', ')}`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`No adapter is over ${LIMIT} B gzip, and none is in an application that does not import it.`);

async function weigh(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    define: { ngDevMode: 'false' },
    external: ['ngx-latchkey', 'ngx-latchkey/*', '@angular/*', 'oauth4webapi'],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
