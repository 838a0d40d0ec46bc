/** What a sign-in by redirect needs of the page. */
export interface Page {
  url(): URL;
  /** Puts another URL into the address bar, without loading anything. */
  replaceUrl(url: string): void;
  go(url: string): void;
  /** Opens an empty window, or `null` where the browser does not let it. */
  openWindow(): PageWindow | null;
  closeWindow(): void;
  /** Calls back when the user has come back to this page without having signed in. The result stops it. */
  onReturn(returned: () => void): () => void;
  /** Says something to the other pages of the application, and hears what they say. */
  channel(): PageChannel;
  storage(): Storage;
  now(): number;
  /** Resolves when it is so, or after so many milliseconds. */
  until(isSo: () => boolean, patience: number): Promise<void>;
}

/** What pages of one application say to each other about a sign-in. */
export interface PageChannel {
  say(message: unknown): void;
  listen(heard: (message: unknown) => void): void;
  close(): void;
}

/** A window that this page has opened. */
export interface PageWindow {
  go(url: string): void;
  close(): void;
  closed(): boolean;
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
      return (
        opened && {
          go: url => {
            opened.location.replace(url);
          },
          close: () => {
            opened.close();
          },
          // A page that isolates itself (COOP) looks closed as soon as it is shown; the callback ends the wait then.
          closed: () => opened.closed,
        }
      );
    },
    closeWindow: () => {
      window.close();
    },
    onReturn(returned) {
      const shown = ({ persisted }: PageTransitionEvent): void => {
        if (persisted) returned();
      };
      addEventListener('pageshow', shown);
      return () => {
        removeEventListener('pageshow', shown);
      };
    },
    channel() {
      const channel = new BroadcastChannel('ngx-latchkey:sign-in');
      return {
        say: message => {
          channel.postMessage(message);
        },
        listen: heard => {
          channel.onmessage = ({ data }) => {
            heard(data);
          };
        },
        close: () => {
          channel.close();
        },
      };
    },
    storage: () => localStorage,
    now: () => Date.now(),
    async until(isSo, patience) {
      const end = Date.now() + patience;
      while (!isSo() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, LOOK));
    },
  };
}
