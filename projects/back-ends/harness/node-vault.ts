import type { RenewableSession, Transport, WireRequest } from 'ngx-latchkey/core';
import { workerTransport } from 'ngx-latchkey/core';
import { serveVault } from '../../ngx-latchkey/core/vault/serve-vault';
import { createVault } from '../../ngx-latchkey/core/vault/vault';

/** The vault of a browser, without its worker: the pages' side and the vault's are the real ones, with real messages in between. */
export interface NodeVault {
  /** A transport for a page. */
  of(session: RenewableSession): Transport;
  /** What left the vault for the servers. */
  readonly sent: readonly WireRequest[];
  /** Every word that a page has heard from the vault. */
  readonly heard: readonly string[];
  close(): void;
}

/**
 * @param wire what the vault talks to servers by
 * @param page the URL of the pages
 */
export function nodeVault(wire: Transport, page: string): NodeVault {
  const sent: WireRequest[] = [];
  const heard: string[] = [];
  const ports: MessagePort[] = [];
  const watched: Transport = (request, deadline) => {
    sent.push(request);
    return wire(request, deadline);
  };
  const vault = createVault(watched, () => crypto.randomUUID().replaceAll('-', ''));

  class Worker {
    readonly port: MessagePort;

    constructor() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      this.port = port2;
      port2.addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)));
      serveVault(port1, vault);
    }
  }

  Object.assign(globalThis, {
    SharedWorker: Worker,
    window: {},
    document: { baseURI: page },
    location: new URL(page),
  });
  return {
    of: session => workerTransport(session, 'latchkey-vault.js'),
    sent,
    heard,
    close() {
      for (const port of ports) port.close();
      for (const name of ['SharedWorker', 'window', 'document', 'location']) {
        Reflect.deleteProperty(globalThis, name);
      }
    },
  };
}
