import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Core } from '../core.js';
import { hostnameOf, isLoopbackHost } from '../loopback.js';
import { ApiNonces } from './api-nonces.js';
import { allowReturnToLoopback } from './clients.js';
import { loadProvider } from './load-provider.js';
import { OpenIdStorage } from './openid-storage.js';
import { providerSettings } from './provider-settings.js';
import { dateIdTokens } from './server-time.js';
import { signingKey } from './signing-key.js';

const REUSED = 'refresh token already used';

/** What tells by which name a request reached the server. */
interface Addressed {
  readonly headers: IncomingHttpHeaders;
}

/**
 * The OpenID issuer below `/oidc`. An issuer's name has to be the address its clients use, and this machine goes by several:
 * `localhost`, `127.0.0.1` and `[::1]` are an issuer each, over the same users, sessions and keys. All is made on first use.
 */
export class OpenIdIssuer {
  readonly storage: OpenIdStorage;
  readonly nonces = new ApiNonces();
  /** The requests that presented a used refresh token; the answer does not tell. */
  readonly reuses = new WeakSet<IncomingMessage>();
  readonly #core: () => Core;
  readonly #providers = new Map<string, Promise<Provider>>();

  constructor(core: () => Core, storage: OpenIdStorage) {
    this.#core = core;
    this.storage = storage;
  }

  providerFor(request: Addressed): Promise<Provider> {
    const origin = this.#originOf(request);
    const known = this.#providers.get(origin) ?? this.#create(origin);
    this.#providers.set(origin, known);
    return known;
  }

  async #create(origin: string): Promise<Provider> {
    const core = this.#core();
    const library = await loadProvider();
    const key = await signingKey();
    const provider = new library.Provider(
      `${origin}/oidc`,
      providerSettings(core, library, this.storage, key, origin),
    );
    allowReturnToLoopback(provider, core.settings.origins);
    dateIdTokens(provider, core.clock, key);
    provider.on('server_error', (_ctx, error) => console.error(error));
    provider.on('grant.error', ({ req }, error) => {
      if (error.error_detail === REUSED) this.reuses.add(req);
    });
    return provider;
  }

  /** The address the request names when it is this machine's and this server's, else the one the server tells of itself. */
  #originOf({ headers: { host = '' } }: Addressed): string {
    const { url } = this.#core();
    const named = `http://${host.toLowerCase()}`;
    const isOwn =
      isLoopbackHost(hostnameOf(host) ?? '') &&
      URL.canParse(named) &&
      new URL(named).port === new URL(url).port;
    return isOwn ? new URL(named).origin : url;
  }
}
