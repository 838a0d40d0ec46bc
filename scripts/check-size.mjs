// What the library adds to an application: the same small one without and with it, built for production, gzip.
// Sizes are facts of the build, so they are asserted.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { attempt } from './run.mjs';

// The aim is 10 kB with the whole engine; this keeps what has been reached until then.
const LIMIT = 14_000;
const FOLDER = 'dist/size';

const bare = await weigh('bare');
const withLibrary = await weigh('with-library');
const added = withLibrary - bare;
console.log(
  `\nbare ${bare} B, with ngx-latchkey ${withLibrary} B: it adds ${added} B gzip (limit ${LIMIT} B).`,
);
// An addition of next to nothing would mean that the library was not in it.
if (added > LIMIT || added < 1_000) process.exit(1);

async function weigh(name) {
  const code = await attempt('npx', ['ng', 'build', `size-${name}`]);
  if (code !== 0) process.exit(1);
  const folder = `${FOLDER}/${name}/browser`;
  const scripts = readdirSync(folder).filter(file => file.endsWith('.js'));
  return scripts.reduce(
    (sum, file) => sum + gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length,
    0,
  );
}
