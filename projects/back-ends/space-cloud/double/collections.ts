import { randomUUID } from 'node:crypto';

export type Document = Readonly<Record<string, unknown>>;

/** What a live query hears of. */
export interface Change {
  readonly type: 'insert' | 'update' | 'delete';
  readonly collection: string;
  readonly document: Document;
}

/** The documents of a project, in memory. */
export interface Collections {
  find(collection: string, where?: Document): readonly Document[];
  insert(collection: string, document: Document): Document;
  update(collection: string, where: Document, set: Document): void;
  remove(collection: string, where: Document): void;
  listen(listener: (change: Change) => void): () => void;
}

export function collections(): Collections {
  const all = new Map<string, Document[]>();
  const listeners = new Set<(change: Change) => void>();
  const of = (collection: string): Document[] => {
    const documents = all.get(collection) ?? [];
    all.set(collection, documents);
    return documents;
  };
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const find = (collection: string, where: Document = {}): Document[] =>
    of(collection).filter(document => matches(document, where));
  return {
    find,
    insert(collection, given) {
      const document = { _id: randomUUID(), ...given };
      of(collection).push(document);
      tell({ type: 'insert', collection, document });
      return document;
    },
    update(collection, where, set) {
      for (const document of find(collection, where)) {
        const changed = { ...document, ...set };
        all.set(
          collection,
          of(collection).map(one => (one === document ? changed : one)),
        );
        tell({ type: 'update', collection, document: changed });
      }
    },
    remove(collection, where) {
      for (const document of find(collection, where)) {
        all.set(
          collection,
          of(collection).filter(one => one !== document),
        );
        tell({ type: 'delete', collection, document });
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function matches(document: Document, where: Document): boolean {
  return Object.entries(where).every(([key, value]) => document[key] === value);
}
