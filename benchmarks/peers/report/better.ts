import type { Size } from '../measures/size';
import type { PeerResult, Results } from '../results';

/** Where another library is better than ours of the same kind, as sentences. What is measured is found in the results; the rest is said by hand. */
export function betterThanOurs({ peers }: Results): string {
  const measured = peers.filter(({ peer }) => !isOurs(peer.name)).flatMap(result => sentences(result, peers));
  return ['## Where others are better', ...[...measured, ...BY_HAND].map(sentence => `- ${sentence}`)].join(
    '\n',
  );
}

function sentences(result: PeerResult, all: readonly PeerResult[]): readonly string[] {
  const ours = all.find(({ peer }) => isOurs(peer.name) && peer.kind === result.peer.kind);
  const { title } = result.peer;
  const found: string[] = [];
  const [theirs, own] = [sizeOf(result), ours && sizeOf(ours)];
  if (theirs && own && theirs.first < own.first)
    found.push(`**${title}** is smaller from the start, by ${kilobytes(own.first - theirs.first)}.`);
  if (theirs && own && theirs.signedIn < own.signedIn && own.signedIn !== own.first)
    found.push(`**${title}** is smaller with a sign-in, by ${kilobytes(own.signedIn - theirs.signedIn)}.`);
  const [cost, ourCost] = [costOf(result), ours && costOf(ours)];
  if (cost !== undefined && ourCost !== undefined && cost < ourCost)
    found.push(`**${title}** costs a call less.`);
  return found;
}

const isOurs = (name: string): boolean => name.startsWith('ngx-latchkey');

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;

function sizeOf({ size }: PeerResult): Size | undefined {
  return size !== null && 'first' in size ? size : undefined;
}

function costOf({ cost }: PeerResult): number | undefined {
  return cost !== null && 'ratio' in cost ? cost.ratio : undefined;
}

const BY_HAND = [
  '**oidc-spa** leaves no refresh token where a script of the page could read it, without any option: it asks for none, and keeps the access token in memory. Ours lies in IndexedDB unless the server keeps it in a cookie or ' +
    '`withWorkerVault()` is there.',
  "Those that keep tokens in **`sessionStorage`** leave nothing behind when the tab is closed; with ours that is `withKeeping('tab')`. Nor can their tabs get in the way of each other, for which the user signs in in each.",
  '**angular-auth-oidc-client**, **angular-oauth2-oidc** and **oidc-client-ts** have been in use for many years, at more kinds of servers than we have tried.',
];
