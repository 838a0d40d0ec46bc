import { isPlatformBrowser } from '@angular/common';
import { PLATFORM_ID, inject } from '@angular/core';
import { authError, canKeepVault, sharedPorts, tabPorts, workerTransport } from 'ngx-latchkey/core';
import type { AuthFeature } from './auth-feature';
import { PORTS, type PortsOf } from './auth-setup';

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
  const portsIn =
    (inBrowser: boolean): PortsOf =>
    (key, degraded, { id, session }) => {
      if (!inBrowser) return tabPorts(key, degraded);
      if (session.kind !== 'renewable' || session.secretAt === undefined) {
        throw authError('misconfigured', 'vault-unsupported', id);
      }
      if (!canKeepVault()) return tabPorts(key, degraded);
      return { ...sharedPorts(key, degraded), transport: workerTransport(session, scriptUrl) };
    };
  return {
    ɵkind: 'vault',
    ɵproviders: [{ provide: PORTS, useFactory: () => portsIn(isPlatformBrowser(inject(PLATFORM_ID))) }],
  };
}
