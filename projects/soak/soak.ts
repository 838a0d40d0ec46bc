// Five tabs in a real browser, a real server and bad luck, for as long as you like:
//   npm run soak -- --minutes 20                   half of the time on a strict server, half on one with an overlap
//   npm run soak -- --minutes 5 --rotation strict  one of the two
//   npm run soak -- --seed 7                       the same bad luck again
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { seededRandom } from '../../benchmarks/fleet/seeded-random';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { changeSettings } from '../e2e/support/auth-server-admin';
import { startAuthServer } from '../e2e/support/auth-server-process';
import { endOfLog } from '../e2e/support/request-log';
import { inProject } from '../e2e/support/project-root';
import { serveStatic } from '../e2e/support/static-site';
import { Driver } from './driver';
import type { RunRecord } from './log-entry';
import { LogFollower } from './log-follower';
import { readOptions } from './options';
import { type Count, verdictOf } from './verdict';

/** Seconds. */
const TOKEN_LIFE = 5;
const OVERLAP = 30;

const { minutes, seed, rotations } = readOptions();
const built = inProject('dist', 'fault-page', 'browser');
if (!existsSync(built)) throw new Error('dist/fault-page is not there. Run "npm run build" first.');

const site = await serveStatic(built);
const server = await startAuthServer();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
console.log(`Seed ${seed}`);
let breaches = 0;
for (const rotation of rotations) {
  const record = await soak(rotation, (minutes * 60_000) / rotations.length);
  breaches += tell(rotation, verdictOf(record));
}
await browser.close();
await server.stop();
await site.stop();
if (breaches > 0) console.log(`\n${breaches} of what must never be. Again: npm run soak -- --seed ${seed}`);
process.exit(breaches > 0 ? 1 : 0);

async function soak(rotation: RunRecord['rotation'], span: number): Promise<RunRecord> {
  await changeSettings(server.url, { accessTokenLifetime: TOKEN_LIFE, rotation, overlap: OVERLAP });
  const url = new URL(site.url);
  url.search = new URLSearchParams({ server: server.url, rotation }).toString();
  const context = await browser.newContext();
  const log = new LogFollower(server.url, await endOfLog(server.url));
  const driver = new Driver(context, server.url, url.href, seededRandom(seed));
  const progress = setInterval(() => {
    console.log(`${rotation}: ${log.entries.length} requests`);
  }, 30_000);
  await driver.run(Date.now() + span);
  clearInterval(progress);
  await log.stop();
  await context.close();
  const done = [...driver.done].map(([what, times]) => `${times} × ${what}`).join(', ');
  console.log(`\n${rotation === 'strict' ? 'A strict server' : 'A server with an overlap'}: ${done}`);
  return { rotation, entries: log.entries, disturbances: driver.disturbances, endings: driver.endings };
}

/** Prints the counts, and answers how many of those are not zero that have to be. */
function tell(rotation: RunRecord['rotation'], counts: readonly Count[]): number {
  for (const { name, count, breaches: found } of counts) {
    console.log(
      `${found === undefined ? ' ' : count === 0 ? '✔' : '✘'} ${String(count).padStart(6)}  ${name}`,
    );
    for (const line of found ?? []) console.log(`            ${rotation}: ${line}`);
  }
  return counts.flatMap(({ breaches: found }) => found ?? []).length;
}
