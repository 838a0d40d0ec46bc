import { createHmac, randomBytes } from 'node:crypto';

/** A nonce changes every so many seconds, and so many of them are good at a time. */
const STEP = 60;
const GOOD = 5;

/** The nonces that DPoP proofs to the sample APIs carry; the token endpoint has its own. */
export class ApiNonces {
  readonly #secret = randomBytes(32);

  current(): string {
    return this.#at(0);
  }

  isGood(nonce: unknown): boolean {
    return Array.from({ length: GOOD }, (_, back) => this.#at(back)).some(good => good === nonce);
  }

  #at(back: number): string {
    const step = Math.floor(Date.now() / 1000 / STEP) - back;
    return createHmac('sha256', this.#secret).update(String(step)).digest('base64url');
  }
}
