// This library and its peers, in the same small application, in a real browser, against the same server:
//   npm run peers                                     everything, a quarter of an hour or more
//   npm run peers -- --only ngx-auth,oidc-spa         some of them, by the folders of benchmarks/peers/apps
//   npm run peers -- --scenarios rejected,measures    some of what is tried
//   npm run peers -- --write                          writes docs/peers.md as well
import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { inProject } from '../../projects/e2e/support/project-root';
import { readOptions } from './options';
import { type Peer, BARE } from './peer';
import { type BuiltPeer, prepare } from './prepare/workspace';
import { asPage } from './report/page';
import { asText } from './report/text';
import { type PeerResult, type Results, inShort } from './results';
import { runPeers } from './run-peers';
import { launchChromium } from './world/computer';

const PAGE = 'docs/peers.md';

const options = readOptions();
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
const results = await tried(browser);
await browser.close();
console.log(`\n${asText(results, options.scenarios)}`);
if (options.write) {
  writeFileSync(PAGE, await asPage(results, options.scenarios, PAGE));
  console.log(`${PAGE} is written.`);
}

async function tried(chrome: Browser): Promise<Results> {
  const all: readonly PeerResult[] = await runPeers(chrome, built, options);
  const bare = all.find(({ peer }) => peer.name === BARE)?.size ?? null;
  const manifest = readFileSync(inProject('node_modules', '@angular', 'core', 'package.json'), 'utf8');
  return {
    peers: all.filter(({ peer }) => peer.name !== BARE),
    skipped,
    bare: bare !== null && 'first' in bare ? bare : null,
    chromium: chrome.version(),
    angular: (JSON.parse(manifest) as { readonly version: string }).version,
    day: new Date().toISOString().slice(0, 10),
  };
}
