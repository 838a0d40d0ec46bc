// The vault as a SharedWorker; built into `latchkey-vault.js`, one file without a hash in its name, so that every tab and every version
// of the application loads it from the same place.
import { uniqueId } from '../core/browser/unique-id';
import { fetchTransport } from '../core/browser/fetch-transport';
import { serveVault } from '../core/vault/serve-vault';
import { createVault } from '../core/vault/vault';

const vault = createVault(fetchTransport(), uniqueId);

addEventListener('connect', event => {
  for (const port of (event as MessageEvent).ports) serveVault(port, vault);
});
