import { authError } from '../contract/auth-error';
import { memberAt } from '../contract/json';
import type { WireAnswer, WireRequest } from '../contract/wire';
import type { Transport } from '../session/ports';
import { type Handle, findHandle, handleOf, mapStrings } from './handle';
import { isOfTemplate } from './request-template';
import type { VaultOrder } from './vault-order';

/** The one service whose secrets are renewed at another origin than they come from. A page could name any other, so that it is not asked. */
const RENEWED_AT: Readonly<Record<string, string>> = {
  'https://identitytoolkit.googleapis.com': 'https://securetoken.googleapis.com',
};

/** A secret, and the only requests in which it may be sent. They are set when it comes in, and no page can change them later. */
interface Deposit {
  secret: string;
  readonly secretAt: readonly string[];
  readonly renewal: WireRequest;
  readonly end: WireRequest | undefined;
  /** The renewal under way: whoever asks meanwhile gets its answer. */
  underWay: Promise<WireAnswer> | null;
}

/**
 * Carries out requests of pages and keeps what renews their sessions to itself. A page gets a handle, which stays the same as long as the
 * session lives: whatever the server sends in the place of the secret comes under the same name, so that a page that went away before the
 * answer to its renewal arrived has lost nothing.
 *
 * @param transport talks to the servers
 * @param uniqueId names that nobody can guess: 32 hexadecimal digits
 * @returns a function that rejects with an `AuthError`: `vault-empty` for a handle of another vault (the browser was closed), which is a
 * refusal, `vault-closed` for a request in which the secret may not go
 */
export function createVault(
  transport: Transport,
  uniqueId: () => string,
): (order: VaultOrder) => Promise<WireAnswer> {
  const deposits = new Map<Handle, Deposit>();

  async function depositFrom(order: VaultOrder): Promise<WireAnswer> {
    const { request, deadline, secretAt, renewal, end } = order;
    const answer = await transport(request, deadline);
    const secret = secretIn(answer, secretAt);
    if (secret === undefined) return answer;
    // Whoever sent the secret may get it back, and nobody else.
    const from = originOf(request.url);
    const places = [renewal, end ?? renewal].map(({ url }) => originOf(url));
    if (places.some(origin => origin !== from && origin !== RENEWED_AT[from]))
      throw authError('misconfigured', 'vault-closed');
    const handle = handleOf(uniqueId());
    deposits.set(handle, { secret, secretAt, renewal, end, underWay: null });
    return withoutSecret(answer, handle, secret);
  }

  async function renew(
    handle: Handle,
    deposit: Deposit,
    { request, deadline }: VaultOrder,
  ): Promise<WireAnswer> {
    const spent = deposit.secret;
    const answer = await transport(withSecret(request, handle, spent), deadline);
    deposit.secret = secretIn(answer, deposit.secretAt) ?? spent;
    return withoutSecret(answer, handle, deposit.secret, spent);
  }

  async function end(handle: Handle, { secret }: Deposit, order: VaultOrder): Promise<WireAnswer> {
    deposits.delete(handle);
    const answer = await transport(withSecret(order.request, handle, secret), order.deadline);
    return withoutSecret(answer, handle, secret);
  }

  return async order => {
    const { request } = order;
    const handle = findHandle(request.json) ?? findHandle(request.form);
    if (handle === undefined) return depositFrom(order);
    const deposit = deposits.get(handle);
    if (deposit === undefined) throw authError('refused', 'vault-empty');
    if (deposit.end && isOfTemplate(request, deposit.end, handle)) return end(handle, deposit, order);
    if (!isOfTemplate(request, deposit.renewal, handle)) throw authError('misconfigured', 'vault-closed');
    deposit.underWay ??= renew(handle, deposit, order).finally(() => {
      deposit.underWay = null;
    });
    return deposit.underWay;
  };
}

function secretIn({ status, json }: WireAnswer, secretAt: readonly string[]): string | undefined {
  if (status >= 300) return undefined;
  return secretAt
    .map(path => memberAt(json, path))
    .find((found): found is string => typeof found === 'string' && found !== '');
}

function withSecret(request: WireRequest, handle: Handle, secret: string): WireRequest {
  return mapStrings(request, text => (text === handle ? secret : text));
}

/** The answer with the handle wherever one of the secrets was, an echo in an error's sentence included. */
function withoutSecret(answer: WireAnswer, handle: Handle, ...secrets: readonly string[]): WireAnswer {
  const hide = (text: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, handle), text);
  return { ...answer, headers: mapStrings(answer.headers, hide), json: mapStrings(answer.json, hide) };
}

function originOf(url: string): string {
  return new URL(url, location.origin).origin;
}
