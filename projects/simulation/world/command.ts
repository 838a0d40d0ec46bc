import type { StorageTrouble } from './database';
import type { Trouble } from './network';
import type { Delivery } from './tab-channel';

/** How a world begins. */
export interface Setup {
  /** Of the small delays and of the engine's own random numbers. */
  readonly seed: number;
  readonly tabs: number;
  /** Whether the back end can renew a session; where it cannot, one lives as long as its token. */
  readonly renewable: boolean;
  readonly rotation: 'strict' | 'grace';
  /** Seconds that an access token lives. */
  readonly life: number | null;
  readonly delivery: Delivery;
  readonly locks: boolean;
  /** Milliseconds that the computer's clock is ahead. */
  readonly clockAhead: number;
  /** The most milliseconds that a storage transaction takes. */
  readonly slowness: number;
  /** Milliseconds of the network, one way. */
  readonly latency: number;
}

/** One thing that a user, a browser, a network or a server does. `tab` counts round the open tabs. */
export type Action =
  | { readonly do: 'sign in'; readonly tab: number; readonly user: string }
  | { readonly do: 'sign out'; readonly tab: number }
  | { readonly do: 'request'; readonly tab: number; readonly times: number; readonly ahead: number }
  /** A request to a URL of the application's own choice. */
  | { readonly do: 'visit'; readonly tab: number; readonly url: string }
  | { readonly do: 'refresh'; readonly tab: number }
  | { readonly do: 'reject'; readonly tab: number; readonly proven: boolean }
  | { readonly do: 'show or hide'; readonly tab: number }
  | { readonly do: 'freeze'; readonly tab: number; readonly politely: boolean }
  | { readonly do: 'thaw'; readonly tab: number }
  | { readonly do: 'crash'; readonly tab: number }
  | { readonly do: 'reload'; readonly tab: number }
  | { readonly do: 'open' }
  | { readonly do: 'sleep'; readonly span: number }
  | { readonly do: 'set the clock'; readonly ahead: number }
  | { readonly do: 'go offline or online' }
  | { readonly do: 'trouble'; readonly trouble: Trouble; readonly times: number }
  | { readonly do: 'latency'; readonly latency: number }
  | { readonly do: 'revoke'; readonly user: string }
  | { readonly do: 'forget access tokens' }
  | { readonly do: 'reject all tokens'; readonly all: boolean }
  | { readonly do: 'storage'; readonly trouble: StorageTrouble | null };

/** An action, and the milliseconds that pass then. */
export type Command = Action & { readonly then: number };

/** A whole world as plain data. */
export interface Script {
  readonly setup: Setup;
  readonly commands: readonly Command[];
}

/** The script in lines that a person can read. */
export function tellScript({ setup, commands }: Script): string {
  const lines = commands.map(({ do: name, then, ...details }, index) => {
    const told = Object.entries(details).map(([key, value]) => `${key} ${String(value)}`);
    return `${String(index + 1).padStart(4)}  ${[name, ...told].join(', ')}; then ${then} ms`;
  });
  const start = Object.entries(setup).map(([key, value]) => `${key} ${String(value)}`);
  return [`      begin with ${start.join(', ')}`, ...lines].join('\n');
}
