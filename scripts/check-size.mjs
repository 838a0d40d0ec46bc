// What the library adds to an application: the same small one without and with it, built for production, gzip.
// Sizes are facts of the build, so they are asserted.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { attempt } from './run.mjs';

const FOLDER = 'dist/size';
// The aims are 10 kB with jwtServer(), and 12 kB at first and 18 kB in all with oidc(); this keeps what has been reached until then.
const LIMITS = {
  'with-library': { first: 14_300, all: 14_300 },
  'with-openid': { first: 16_900, all: 26_600 },
};

const bare = await weigh('bare');
let wrong = false;
for (const [name, limit] of Object.entries(LIMITS)) {
  const { first, all } = await weigh(name);
  const added = { first: first - bare.first, all: all - bare.all };
  console.log(
    `\n${name}: ${added.first} B gzip more than the bare application at first (limit ${limit.first} B), ${added.all} B in all (limit ${limit.all} B).`,
  );
  // An addition of next to nothing would mean that the library was not in it.
  wrong ||= added.first > limit.first || added.all > limit.all || added.first < 1_000;
}
process.exit(wrong ? 1 : 0);

/** What is loaded at first, and with all that may be loaded later. */
async function weigh(name) {
  const code = await attempt('npx', ['ng', 'build', `size-${name}`]);
  if (code !== 0) process.exit(1);
  const folder = `${FOLDER}/${name}/browser`;
  const sizeOf = files =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length, 0);
  const scripts = readdirSync(folder).filter(file => file.endsWith('.js'));
  const page = readFileSync(`${folder}/index.html`, 'utf8');
  return { first: sizeOf(scripts.filter(file => page.includes(file))), all: sizeOf(scripts) };
}
