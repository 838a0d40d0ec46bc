import { readFileSync, readdirSync } from 'node:fs';
import { inProject } from '../../projects/e2e/support/project-root';

/** A library and the small application that it is tried in, `apps/<name>`. */
export interface Peer {
  /** The folder. */
  readonly name: string;
  readonly title: string;
  /** What it signs in to: an OpenID issuer, a server with tokens of its own, or nothing at all. */
  readonly kind: 'oidc' | 'jwt' | 'none';
  readonly package: string | null;
  /** What the application names as its API, in the way that the documentation shows: an origin, a path, every request by itself, or nothing. */
  readonly named: 'origin' | 'path' | 'request' | 'nothing';
  /** By which page of its documentation each part was set up. */
  readonly setUp: readonly { readonly what: string; readonly page: string }[];
  readonly notes: readonly string[];
  /** What has to be known about the cost of its calls. */
  readonly costNote?: string;
}

/** The application without any library, that the others are compared with. */
export const BARE = 'bare';

export const APPS = inProject('benchmarks', 'peers', 'apps');

const SHARED = 'shared';

/** All of them: ours first, then by name. */
export function readPeers(): readonly Peer[] {
  const names = readdirSync(APPS).filter(name => name !== SHARED);
  const ours = (name: string): number => (name.startsWith('ngx-latchkey') ? 0 : 1);
  return names
    .toSorted((one, other) => ours(one) - ours(other) || one.localeCompare(other))
    .map(name => {
      const text = readFileSync(`${APPS}/${name}/peer.json`, 'utf8');
      return { name, ...(JSON.parse(text) as Omit<Peer, 'name'>) };
    });
}
