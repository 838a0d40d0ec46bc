import type { Attention } from '../session/ports';

/** The page's own signs of life. */
export function pageAttention(): Attention {
  return {
    visible: () => document.visibilityState === 'visible',
    listen(woken) {
      const listening = new AbortController();
      const { signal } = listening;
      document.addEventListener('visibilitychange', woken, { signal });
      for (const name of ['pageshow', 'online', 'focus']) addEventListener(name, woken, { signal });
      return () => {
        listening.abort();
      };
    },
  };
}
