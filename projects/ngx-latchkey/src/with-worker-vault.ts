import {
  type AuthProvider,
  type Transport,
  authError,
  canKeepVault,
  workerTransport,
} from 'ngx-latchkey/core';
import type { AuthFeature } from './auth-feature';
import { KEEPING, TRANSPORT } from './auth-setup';

/** Where the worker of the vault is found. */
export interface WorkerVaultOptions {
  /** The URL of `latchkey-vault.js`, of the page's own origin; relative to the document's base. Default `'latchkey-vault.js'`. */
  readonly scriptUrl?: string;
}

/**
 * Keeps the refresh token in the memory of a `SharedWorker`: no script of a page ever sees it, nothing is stored, and a page that is left in
 * the middle of a renewal loses nothing. The session lives as long as the browser runs with a tab of the application open, and a little longer.
 *
 * Where the browser has no `SharedWorker`, each tab has a session of its own in its memory.
 *
 * @throws AuthError `vault-unsupported` for a provider without a refresh token in its server's answers. Requests fail with
 * `vault-unavailable` where the worker's script cannot be loaded
 *
 * @example provideAuth(jwtServer({ url }), withWorkerVault())
 */
export function withWorkerVault(options: WorkerVaultOptions = {}): AuthFeature<'vault'> {
  const { scriptUrl = 'latchkey-vault.js' } = options;
  const transportOf = (provider: AuthProvider): Transport | null => {
    const { session } = provider;
    if (session.kind !== 'renewable' || session.secretAt === undefined) {
      throw authError('misconfigured', 'vault-unsupported', provider.id);
    }
    return canKeepVault() ? workerTransport(session, scriptUrl) : null;
  };
  return {
    ɵkind: 'vault',
    ɵproviders: [
      { provide: TRANSPORT, useValue: transportOf },
      { provide: KEEPING, useFactory: () => (canKeepVault() ? 'persistent' : 'tab') },
    ],
  };
}
