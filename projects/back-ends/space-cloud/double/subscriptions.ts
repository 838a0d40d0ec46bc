import { type Change, type Document, matches } from './collections';
import type { LiveQuery } from './live-query';
import type { Project } from './project';
import { admit } from './rules';

/** A document as live queries send it. */
export interface Feed {
  readonly id: string;
  readonly type: 'initial' | Change['type'];
  readonly group: string;
  readonly dbType: string;
  readonly time: number;
  readonly payload: Document;
  readonly find: Document;
}

/** The live queries of one connection. */
export interface Subscriptions {
  /** The documents there are. @throws Error with what the gateway says; the token is looked at here and never again */
  add(id: string, query: LiveQuery, token: string, send: (feed: Feed) => void): Promise<readonly Feed[]>;
  remove(id: string): boolean;
  clear(): void;
}

export function subscriptions({ rules, tokens, collections, database }: Project): Subscriptions {
  const stops = new Map<string, () => void>();
  const remove = (id: string): boolean => {
    stops.get(id)?.();
    return stops.delete(id);
  };
  return {
    async add(id, query, token, send) {
      if (query.database !== database) throw new Error('incorrect db type provided');
      await admit(rules[query.collection], token, tokens);
      const feed = (type: Feed['type'], payload: Document): Feed => ({
        id,
        type,
        group: query.collection,
        dbType: query.database,
        time: Date.now(),
        payload,
        find: { _id: payload['_id'] },
      });
      remove(id);
      stops.set(
        id,
        collections.listen(({ type, collection, document }) => {
          if (collection === query.collection && matches(document, query.where)) send(feed(type, document));
        }),
      );
      if (query.skipInitial) return [];
      return collections.find(query.collection, query.where).map(document => feed('initial', document));
    },
    remove,
    clear() {
      for (const id of [...stops.keys()]) remove(id);
    },
  };
}
