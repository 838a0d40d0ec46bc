/** What a sign-in by redirect needs of the page. */
export interface Page {
  url(): URL;
  /** Puts another URL into the address bar, without loading anything. */
  replaceUrl(url: string): void;
  go(url: string): void;
  /** Opens an empty window, or `null` where the browser does not let it. */
  openWindow(): PageWindow | null;
  closeWindow(): void;
  /** Calls back whenever the user has come back to this page by way of the browser's cache. */
  onReturn(returned: () => void): void;
  /** Says something to the other pages of the application, and hears what they say. */
  channel(): PageChannel;
  storage(): Storage;
  now(): number;
  /** Resolves when it is so, or after so many milliseconds. */
  until(isSo: () => boolean, patience: number): Promise<void>;
}

/** What pages of one application say to each other about a sign-in. */
export type PageChannel = Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'>;

/** A window that this page has opened. */
export interface PageWindow extends Pick<Window, 'close' | 'closed'> {
  readonly location: Pick<Location, 'replace'>;
}

/** How often a page looks, in milliseconds. */
const LOOK = 50;

/** The page that the code runs in. */
export function browserPage(): Page {
  return {
    url: () => new URL(location.href),
    replaceUrl: url => {
      history.replaceState(history.state, '', url);
    },
    go: url => {
      location.assign(url);
    },
    openWindow() {
      const opened = window.open('', '_blank', 'popup,width=480,height=720');
      // Who signs users in, and whoever is linked from there, must not lead this page elsewhere behind them.
      if (opened) opened.opener = null;
      return opened;
    },
    closeWindow: () => {
      window.close();
    },
    onReturn(returned) {
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) returned();
      });
    },
    channel: () => new BroadcastChannel('ngx-latchkey:sign-in'),
    storage: () => localStorage,
    now: () => Date.now(),
    async until(isSo, patience) {
      const end = Date.now() + patience;
      while (!isSo() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, LOOK));
    },
  };
}
