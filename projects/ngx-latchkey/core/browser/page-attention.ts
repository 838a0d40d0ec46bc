import type { Attention } from '../session/ports';

/** The page's own signs of life. */
export function pageAttention(): Attention {
  return {
    visible: () => document.visibilityState === 'visible',
    online: () => navigator.onLine,
    listen(woken, left) {
      const listening = new AbortController();
      const { signal } = listening;
      for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, woken, { signal });
      for (const name of ['pageshow', 'online', 'focus']) addEventListener(name, woken, { signal });
      document.addEventListener('freeze', left, { signal });
      addEventListener('pagehide', left, { signal });
      return () => {
        listening.abort();
      };
    },
  };
}
