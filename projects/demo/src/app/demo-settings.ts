import { InjectionToken } from '@angular/core';

/** How the refresh token travels between the page and the auth server. */
export type RefreshTransport = 'body' | 'cookie';

/** Which auth server the demo talks to, and how. */
export interface DemoSettings {
  /** Origin of the auth server, without a slash at its end. */
  readonly server: string;
  readonly transport: RefreshTransport;
  /** What the server does with a refresh token that comes twice, as far as the library is told. */
  readonly rotation: 'grace' | 'strict';
  /** What was wrong with the address bar's wishes, for a person to read. */
  readonly problem: string | null;
}

export const DEMO_SETTINGS = new InjectionToken<DemoSettings>('demo settings');

const DEFAULT_SERVER = 'http://localhost:3333';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The wishes `?server=`, `?transport=` and `?rotation=`, remembered for as long as the browser tab lives. */
export function readDemoSettings(
  query: URLSearchParams,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): DemoSettings {
  const wish = (name: string): string | null => query.get(name) ?? memory.getItem(`demo ${name}`);
  const wanted = wish('server');
  const server = wanted === null ? DEFAULT_SERVER : loopbackOrigin(wanted);
  const transport = wish('transport') === 'cookie' ? 'cookie' : 'body';
  const rotation = wish('rotation') === 'strict' ? 'strict' : 'grace';
  if (server === null) {
    const problem = `The demo talks to auth servers on this machine only, so "${wanted}" was ignored.`;
    return { server: DEFAULT_SERVER, transport, rotation, problem };
  }
  memory.setItem('demo server', server);
  memory.setItem('demo transport', transport);
  memory.setItem('demo rotation', rotation);
  return { server, transport, rotation, problem: null };
}

/** The URL without these query parameters. */
export function withoutDemoSettings(href: string): string {
  const url = new URL(href);
  for (const name of ['server', 'transport', 'rotation']) url.searchParams.delete(name);
  return url.href;
}

function loopbackOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && /^https?:$/.test(url.protocol) && LOOPBACK.test(url.hostname);
  return isLocal && url.username === '' && url.password === '' ? url.origin : null;
}
