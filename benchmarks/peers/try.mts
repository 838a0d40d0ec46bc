import { readPeers } from '/tmp/wt/peers/benchmarks/peers/peer';
import { linesOfUserCode } from '/tmp/wt/peers/benchmarks/peers/user-code';
import { prepare } from '/tmp/wt/peers/benchmarks/peers/prepare/workspace';
const only = process.argv.slice(2);
for (const peer of readPeers()) {
  console.log(peer.name, linesOfUserCode(peer));
  if (only.includes(peer.name)) console.log(await prepare(peer).catch(e => String(e).slice(0, 3000)));
}
