import type { Page } from 'ngx-latchkey/core';

/** What a redirect needs of a page, without a browser: an address bar, a storage, and where the page wanted to go. */
export interface NodePage extends Page {
  /** Where the page went last; an empty text while it stays. */
  left(): string;
  /** Shows another URL, as after a navigation. */
  show(url: string): void;
  /** Takes `location` and `document` back. */
  close(): void;
}

/** A page that providers can ask for its `location`. */
export function nodePage(start: string): NodePage {
  let here = new URL(start);
  let left = '';
  const storage = nodeStorage();
  const show = (url: string): void => {
    here = new URL(url, here);
    left = '';
    Object.assign(globalThis, { location: here, document: { baseURI: new URL('/', here).href } });
  };
  show(start);
  return {
    left: () => left,
    show,
    close() {
      Reflect.deleteProperty(globalThis, 'location');
      Reflect.deleteProperty(globalThis, 'document');
    },
    url: () => new URL(here),
    replaceUrl: show,
    go(url) {
      left = url;
    },
    openWindow: () => null,
    closeWindow: () => undefined,
    onReturn: () => undefined,
    channel: () => ({ postMessage: () => undefined, onmessage: null, close: () => undefined }),
    storage: () => storage,
    now: () => Date.now(),
    until: () => Promise.resolve(),
  };
}

/** Its items are its own members, as in a browser. */
function nodeStorage(): Storage {
  return Object.create({
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      Reflect.deleteProperty(this, key);
    },
  }) as Storage;
}
