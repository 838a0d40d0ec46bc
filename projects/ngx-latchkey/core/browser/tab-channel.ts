import type { Channel } from '../session/ports';

/** A BroadcastChannel, for one listener at a time, on which nothing is said but that there is something new to read. */
export function tabChannel(name: string): Channel {
  let channel: BroadcastChannel | null = null;
  return {
    announce: () => channel?.postMessage('changed'),
    listen(heard) {
      if (typeof BroadcastChannel === 'function') {
        channel = new BroadcastChannel(name);
        channel.onmessage = heard;
      }
      return () => {
        channel?.close();
        channel = null;
      };
    },
  };
}
