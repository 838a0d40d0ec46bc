import type { AuthError, JsonObject } from 'ngx-latchkey/core';
import type { LiveListener } from 'ngx-latchkey/space-cloud';

/** A listener that remembers, and that can be waited for. */
export interface HeardEvents extends LiveListener {
  readonly events: readonly JsonObject[];
  /** The codes with which it ended; empty for an end without an error. */
  readonly ends: readonly string[];
  /** Resolves when so many events were heard. */
  count(events: number): Promise<readonly JsonObject[]>;
  /** Resolves when it is over. */
  over(): Promise<AuthError | undefined>;
}

export function heardEvents(): HeardEvents {
  const events: JsonObject[] = [];
  const ends: string[] = [];
  const looks = new Set<() => void>();
  let last: AuthError | undefined;
  const until = <Seen>(seen: () => Seen | null): Promise<Seen> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`Nothing more after ${JSON.stringify({ events, ends })}`));
      }, 30_000);
      const look = (): void => {
        const found = seen();
        if (found === null) return;
        clearTimeout(timer);
        looks.delete(look);
        resolve(found);
      };
      looks.add(look);
      look();
    });
  const lookAgain = (): void => {
    for (const look of [...looks]) look();
  };
  return {
    events,
    ends,
    next(event) {
      events.push(event);
      lookAgain();
    },
    ended(error) {
      last = error;
      ends.push(error?.code ?? '');
      lookAgain();
    },
    count: wanted => until(() => (events.length >= wanted ? events : null)),
    over: async () => (await until(() => (ends.length > 0 ? { error: last } : null))).error,
  };
}
