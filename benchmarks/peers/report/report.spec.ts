import type { Peer } from '../peer';
import type { PeerResult, Results } from '../results';
import { REJECTED } from '../scenarios/bursts';
import { linesOfUserCode } from '../user-code';
import { betterThanOurs } from './better';
import { asPage } from './page';
import { asText } from './text';

function peer(name: string): Peer {
  return { name, title: `The ${name}`, kind: 'oidc', package: name, named: 'path', setUp: [], notes: [] };
}

function result(name: string, kilobytes: number, changes: Partial<PeerResult> = {}): PeerResult {
  return {
    peer: peer(name),
    version: '1.2.3',
    lines: 10,
    size: { first: kilobytes * 1_000, signedIn: kilobytes * 1_000 },
    cost: { ratio: kilobytes, added: 4, reads: 0 },
    outcomes: { rejected: { cells: ['20', '1', 'yes', 'yes'] } },
    ...changes,
  };
}

function results(...peers: readonly PeerResult[]): Results {
  return {
    peers,
    skipped: [],
    bare: { first: 1_000, signedIn: 1_000 },
    chromium: '156',
    angular: '21',
    day: '2026-11-21',
  };
}

describe('The report about the peers', () => {
  it('tells what crashed and what was skipped, and counts both', async () => {
    const found: Results = {
      ...results(result('other', 5, { outcomes: { rejected: { crashed: 'The page is gone.' } } })),
      skipped: [{ peer: peer('missing'), why: 'no network' }],
    };
    const text = asText(found, [REJECTED]);
    expect(text).toContain('✘ The other: The page is gone.');
    expect(text).toContain('The missing: no network');
    expect(text).toContain('1 tried, 1 skipped, 1 crashed');
    const page = await asPage(found, [REJECTED], 'docs/peers.md');
    expect(page).toContain('Not known: The other: The page is gone.');
    expect(page).toContain('skipped: The missing, no network');
  });

  it('says where another is smaller or quicker, and only there', () => {
    const better = betterThanOurs(
      results(result('ngx-latchkey-oidc', 5), result('small', 4), result('big', 6)),
    );
    expect(better).toContain('**The small** is smaller from the start, by 1.0 kB.');
    expect(better).toContain('**The small** costs a call less.');
    expect(better).not.toContain('The big');
  });

  it('counts no line of the application without a library', () => {
    expect(linesOfUserCode({ ...peer('bare'), kind: 'none' })).toBe(0);
    expect(linesOfUserCode(peer('angular-jwt'))).toBeGreaterThan(linesOfUserCode(peer('ngx-latchkey-jwt')));
  });
});
