import { AuthError, authError } from '../contract/auth-error';
import type { Held } from '../contract/grant';
import type { RenewableSession } from '../contract/session-kind';
import type { WireAnswer, WireRequest } from '../contract/wire';
import type { Transport } from '../session/ports';
import { SECRET } from './request-template';
import { VAULT_NAME, type VaultMessage, type VaultOrder, type VaultOutcome } from './vault-order';

/** Milliseconds in which the worker's script has to be loaded. */
const START = 3_000;
/** Milliseconds that an outcome may take on its way beyond the time that the server has. */
const TRAVEL = 1_000;

/** The page's side of a port to the vault. */
interface VaultPort {
  perform(order: VaultOrder): Promise<WireAnswer>;
  close(): void;
}

/** Whether the browser has what the vault needs. */
export function canKeepVault(): boolean {
  return typeof SharedWorker === 'function';
}

/**
 * A transport that has a worker, shared by all tabs, make the requests and keep the refresh token.
 *
 * Rejects with `vault-unavailable` where the worker's script cannot be loaded; the next request tries again.
 *
 * @param session says where its secret comes in and where it is sent
 * @param script the URL of `latchkey-vault.js`, of the page's own origin
 */
export function workerTransport(session: RenewableSession, script: string): Transport {
  const anybody = { token: '', secret: SECRET };
  const secretAt = session.secretAt ?? [];
  let port: Promise<VaultPort> | null = null;
  return async (request, deadline) => {
    const url = new URL(script, document.baseURI).href;
    try {
      const vault = await (port ??= openPort(url));
      // Where a secret may go may be known only by the time that it comes in.
      const renewal = session.renew.request(anybody);
      const end = endOf(session, anybody);
      return await vault.perform({ request, deadline, secretAt, renewal, end });
    } catch (error) {
      const failed = error instanceof AuthError ? error : authError('not-now', 'unreachable', request.url);
      // A worker that does not answer may be gone; a new one is asked the next time.
      if (failed.code === 'vault-unavailable' || failed.code === 'vault-silent') port = null;
      throw failed;
    }
  };
}

/** The request that ends a session; a provider may have none, or know only later. */
function endOf({ end }: RenewableSession, held: Held): WireRequest | undefined {
  try {
    return end?.request(held);
  } catch {
    return undefined;
  }
}

function openPort(url: string): Promise<VaultPort> {
  return new Promise((resolve, reject) => {
    const unavailable = (): void => {
      reject(authError('misconfigured', 'vault-unavailable', url));
    };
    const timer = setTimeout(unavailable, START);
    // It outlives the last page by half a minute, where the browser knows how: long enough for a navigation.
    const options = { name: VAULT_NAME, extendedLifetime: true };
    const worker = new SharedWorker(trusted(url), options);
    worker.onerror = unavailable;
    const waiting = new Map<number, (outcome: VaultOutcome) => void>();
    worker.port.onmessage = ({ data }: MessageEvent<VaultMessage<VaultOutcome> | 'ready'>) => {
      if (data !== 'ready') {
        waiting.get(data.id)?.(data.content);
        return;
      }
      clearTimeout(timer);
      resolve(portOf(worker.port, waiting));
    };
  });
}

function portOf(port: MessagePort, waiting: Map<number, (outcome: VaultOutcome) => void>): VaultPort {
  let last = 0;
  return {
    perform: order =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(authError('not-now', 'vault-silent'));
        }, order.deadline + TRAVEL);
        waiting.set(id, outcome => {
          clearTimeout(timer);
          waiting.delete(id);
          if ('answer' in outcome) resolve(outcome.answer);
          else reject(new AuthError(outcome.failure));
        });
        const message: VaultMessage<VaultOrder> = { id, content: order };
        port.postMessage(message);
      }),
    close() {
      port.close();
    },
  };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** The URL as a page with Trusted Types wants it; its policy has to allow the name `ngx-latchkey`. */
function trusted(url: string): string {
  const { trustedTypes } = window as unknown as {
    readonly trustedTypes?: { createPolicy(name: string, rules: typeof policy): typeof policy };
  };
  policy ??= trustedTypes?.createPolicy('ngx-latchkey', { createScriptURL: text => text });
  return policy?.createScriptURL(url) ?? url;
}
