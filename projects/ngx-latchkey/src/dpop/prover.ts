import type { DpopKey } from './dpop-key';
import { proofOf } from './proof';

/** Makes the proofs for servers of one kind, and remembers what each wants to find in the next one. */
export interface Prover {
  /** @param token the access token that the request carries */
  prove(key: DpopKey, method: string, url: string, token?: string): Promise<string>;
  /** Takes in what an answer brought; whether it brought a nonce. */
  learn(url: string, nonce: string | null | undefined): boolean;
}

/** @param skew milliseconds that the server's clock is ahead of the local one */
export function prover(skew: () => number): Prover {
  const nonces = new Map<string, string>();
  return {
    prove(key, method, address, token) {
      const url = absolute(address);
      return proofOf(key, { method, url, token, nonce: nonces.get(url.origin), now: Date.now() + skew() });
    },
    learn(address, nonce) {
      if (!nonce) return false;
      nonces.set(absolute(address).origin, nonce);
      return true;
    },
  };
}

function absolute(url: string): URL {
  return new URL(url, typeof document === 'undefined' ? undefined : document.baseURI);
}
