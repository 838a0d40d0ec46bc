/** Where things are: what an application keeps in its environment file. Each run has free ports, so the page is told. */
export interface Addresses {
  /** The auth server, such as `http://localhost:4567`. */
  readonly server: string;
  /** Its APIs. */
  readonly api: string;
  readonly issuer: string;
  readonly clientId: string;
}

export const addresses = (window as unknown as { readonly addresses: Addresses }).addresses;
