import type { WireAnswer, WireRequest } from '../contract/wire';
import type { Refusal } from '../contract/refusal';

/** The name of the worker; another version of this protocol is another worker. */
export const VAULT_NAME = 'ngx-latchkey-vault-2';

/** One request of a page to the vault. Plain data: it crosses to a worker. */
export interface VaultOrder {
  readonly request: WireRequest;
  /** Milliseconds. */
  readonly deadline: number;
  /** The members of a JSON answer that hold a secret, dotted where they are nested. Of a secret the vault knows, what it was told first counts. */
  readonly secretAt: readonly string[];
  /** The requests in which the secret may be sent, with `SECRET` in its place: to renew the session, and to end it. */
  readonly renewal: WireRequest;
  readonly end: WireRequest | undefined;
}

/** What comes of an order: an answer in which a handle stands for each secret, or why there is none. */
export type VaultOutcome = { readonly answer: WireAnswer } | { readonly failure: Refusal };

/** An order on its way to the worker, and its outcome on the way back. */
export interface VaultMessage<Content> {
  readonly id: number;
  readonly content: Content;
}
