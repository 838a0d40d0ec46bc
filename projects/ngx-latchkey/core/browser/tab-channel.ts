import type { Channel } from '../session/ports';

/** A BroadcastChannel on which nothing is said but that there is something new to read. */
export function tabChannel(name: string): Channel {
  const listeners = new Set<() => void>();
  let channel: BroadcastChannel | null = null;
  return {
    announce: () => channel?.postMessage('changed'),
    listen(heard) {
      listeners.add(heard);
      if (channel === null && typeof BroadcastChannel === 'function') {
        channel = new BroadcastChannel(name);
        channel.onmessage = () => {
          for (const listener of listeners) listener();
        };
      }
      return () => {
        listeners.delete(heard);
        if (listeners.size > 0) return;
        channel?.close();
        channel = null;
      };
    },
  };
}
