/** Where the key pair of a session is kept. */
export interface KeyStore {
  read(): Promise<CryptoKeyPair | undefined>;
  /** Keeps a pair where there is none yet; resolves with the one that is kept. */
  keep(pair: CryptoKeyPair): Promise<CryptoKeyPair>;
  drop(): Promise<void>;
}

/** In the memory of one tab. */
export function memoryKeys(): KeyStore {
  let kept: CryptoKeyPair | undefined;
  return {
    read: async () => kept,
    keep: async pair => (kept ??= pair),
    drop: async () => {
      kept = undefined;
    },
  };
}
