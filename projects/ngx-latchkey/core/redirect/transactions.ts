import { type Json, isJsonObject } from '../contract/json';

/** A sign-in that has begun and ends elsewhere. */
export interface Transaction {
  readonly data: Json;
  /** Of the provider with which it began. */
  readonly audience: string;
  /** The absolute URL in the application to go on with. */
  readonly returnUrl: string;
  readonly popup: boolean;
  /** Milliseconds since the epoch. */
  readonly begunAt: number;
}

/** Milliseconds that a sign-in may take, and how many may be under way. */
const PATIENCE = 600_000;
const MOST = 5;
const PREFIX = 'ngx-latchkey:sign-in:';

/** Sign-ins under way, each by its `state`. They hold no token, and are read and taken away in one step. */
export interface Transactions {
  /** Whether it could be stored. */
  begin(state: string, transaction: Transaction): boolean;
  /** The transaction; `undefined` where it is unknown, ended or too old. */
  look(state: string): Transaction | undefined;
  /** The transaction, once. */
  take(state: string): Transaction | undefined;
}

/**
 * @param storage survives the way there and back: `localStorage`, so that a link opened in another tab ends the sign-in as well
 */
export function transactions(storage: () => Storage, now: () => number): Transactions {
  const at = (key: string): Transaction | undefined => {
    try {
      const found: unknown = JSON.parse(storage().getItem(key) ?? 'null');
      return isTransaction(found) && Math.abs(now() - found.begunAt) < PATIENCE ? found : undefined;
    } catch {
      return undefined;
    }
  };
  const look = (state: string): Transaction | undefined => at(PREFIX + state);
  /** Makes room for another: those that are over go, and the oldest of too many. */
  const forgetOld = (): void => {
    Object.keys(storage())
      .filter(key => key.startsWith(PREFIX))
      .map(key => ({ key, begunAt: at(key)?.begunAt ?? 0 }))
      .sort((one, other) => other.begunAt - one.begunAt)
      .forEach(({ key, begunAt }, place) => {
        if (place >= MOST - 1 || begunAt === 0) storage().removeItem(key);
      });
  };
  return {
    look,
    begin(state, transaction) {
      try {
        forgetOld();
        storage().setItem(PREFIX + state, JSON.stringify(transaction));
        return true;
      } catch {
        // Blocked or full: the user would come back to a page that knows of nothing.
        return false;
      }
    },
    take(state) {
      const transaction = look(state);
      // Where nothing can be looked up, nothing can be taken away.
      if (transaction !== undefined) storage().removeItem(PREFIX + state);
      return transaction;
    },
  };
}

function isTransaction(value: unknown): value is Transaction {
  return (
    isJsonObject(value) && typeof value['returnUrl'] === 'string' && typeof value['begunAt'] === 'number'
  );
}
