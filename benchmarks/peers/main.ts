// This library and its peers, in the same small application, in a real browser, against the same server:
//   npm run peers                                     everything, a quarter of an hour or more
//   npm run peers -- --only ngx-auth,oidc-spa         some of them, by the folders of benchmarks/peers/apps
//   npm run peers -- --scenarios rejected,measures    some of what is tried
//   npm run peers -- --write                          writes docs/peers.md as well
//   npm run peers -- --again                          writes it from what the last --write found, without running anything
import { readFileSync, writeFileSync } from 'node:fs';
import { inProject } from '../../projects/e2e/support/project-root';
import { readOptions } from './options';
import { type Peer, BARE } from './peer';
import { type BuiltPeer, prepare } from './prepare/workspace';
import { asPage } from './report/page';
import { asText } from './report/text';
import { type Results, inShort } from './results';
import { runPeers } from './run-peers';
import { launchChromium } from './world/computer';

const PAGE = 'docs/peers.md';

const FOUND = inProject('.latchkey', 'peers', 'results.json');

const options = readOptions();
const results = options.again ? (JSON.parse(readFileSync(FOUND, 'utf8')) as Results) : await run();
console.log(`\n${asText(results, options.scenarios)}`);
if (options.write) {
  writeFileSync(FOUND, JSON.stringify(results, null, 2));
  writeFileSync(PAGE, await asPage(results, options.scenarios, PAGE));
  console.log(`${PAGE} is written.`);
}

async function run(): Promise<Results> {
  const built: BuiltPeer[] = [];
  const skipped: { peer: Peer; why: string }[] = [];
  for (const peer of options.peers) {
    console.error(`${peer.name}: install and build`);
    try {
      built.push(await prepare(peer));
    } catch (error) {
      console.error(error);
      skipped.push({ peer, why: inShort(error) });
    }
  }
  const browser = await launchChromium();
  const all = await runPeers(browser, built, options);
  await browser.close();
  const bare = all.find(({ peer }) => peer.name === BARE)?.size ?? null;
  const manifest = readFileSync(inProject('node_modules', '@angular', 'core', 'package.json'), 'utf8');
  return {
    peers: all.filter(({ peer }) => peer.name !== BARE),
    skipped,
    bare: bare !== null && 'first' in bare ? bare : null,
    chromium: browser.version(),
    angular: (JSON.parse(manifest) as { readonly version: string }).version,
    day: new Date().toISOString().slice(0, 10),
  };
}
