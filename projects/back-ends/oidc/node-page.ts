import type { Page } from 'ngx-latchkey/core';

/** A page without a browser: an address bar, and a note of where it went. It never opens windows. */
export interface NodePage extends Page {
  /** Where the page has gone to, in order. */
  readonly left: readonly string[];
}

export function nodePage(at: string, storage: Storage, now: () => number): NodePage {
  const left: string[] = [];
  let url = at;
  return {
    left,
    url: () => new URL(url),
    replaceUrl(to) {
      const wanted = new URL(to);
      // As browsers have it: nothing but path, query and fragment may change.
      if (!wanted.href.startsWith(`${new URL(url).origin}/`)) throw new Error(`SecurityError: ${to}`);
      url = to;
    },
    go(to) {
      left.push(to);
    },
    openWindow: () => null,
    closeWindow: () => undefined,
    onReturn: () => undefined,
    channel: silentChannel,
    storage: () => storage,
    now,
    until: () => Promise.resolve(),
  };
}

/** `localStorage`, as far as a sign-in needs it: its keys can be listed as a browser lists them. */
export function nodeStorage(): Storage {
  const items: Record<string, string> = Object.create(null) as Record<string, string>;
  const methods = {
    getItem: (key: string) => items[key] ?? null,
    setItem(key: string, value: string) {
      items[key] = value;
    },
    removeItem(key: string) {
      Reflect.deleteProperty(items, key);
    },
  };
  return new Proxy(items, {
    get: (target, key): unknown => Reflect.get(methods, key) ?? Reflect.get(target, key),
  }) as unknown as Storage;
}

function silentChannel(): ReturnType<Page['channel']> {
  return { postMessage: () => undefined, onmessage: null, close: () => undefined };
}
