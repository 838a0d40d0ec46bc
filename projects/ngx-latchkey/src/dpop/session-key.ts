import { authError } from 'ngx-latchkey/core';
import { type DpopKey, dpopKey, newKeyPair } from './dpop-key';
import type { KeyStore } from './key-store';

/** The key of the session: one for all tabs that share it. */
export interface SessionKey {
  /** The key to bind a sign-in to. That of the session that is live, so that nothing comes between it and its tokens; a new one where there is none. */
  obtain(sid: string | undefined): Promise<DpopKey>;
  /**
   * The key that the tokens are bound to.
   *
   * @param sid the session, if there is one
   * @throws AuthError `dpop-key-lost`, which ends the session; `storage-unreadable`
   */
  of(sid: string | undefined): Promise<DpopKey>;
  /** Deletes it. What is under way here, such as telling the server of the logout, may still use it. */
  drop(): Promise<void>;
}

export function sessionKey(store: KeyStore): SessionKey {
  // Another tab may have signed in anew with another key, so that it counts for this session only.
  let known: { readonly sid: string | undefined; readonly key: DpopKey } | null = null;
  // Whoever signs in right after a logout must not get the key that is being deleted.
  let dropped: Promise<void> = Promise.resolve();
  const remember = async (sid: string | undefined, pair: CryptoKeyPair): Promise<DpopKey> => {
    const key = await dpopKey(pair);
    known = { sid, key };
    return key;
  };
  return {
    async obtain(sid) {
      await dropped;
      return remember(sid, (await store.read()) ?? (await store.keep(await newKeyPair())));
    },
    async of(sid) {
      if (known !== null && (sid === undefined || sid === known.sid)) return known.key;
      const pair = await store.read();
      if (pair === undefined) throw authError('refused', 'dpop-key-lost');
      return remember(sid, pair);
    },
    drop: () => (dropped = store.drop()),
  };
}
