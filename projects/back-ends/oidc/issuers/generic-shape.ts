import type { IssuerShape } from './issuer-shape';

/** `oidc-provider` as it comes: discovery, `iss` in the callback, strict rotation, a logout that asks. */
export const GENERIC_SHAPE: IssuerShape = {
  issuerPath: '',
  routes: {},
  asksForOffline: true,
  rotates: true,
  resource: () => undefined,
  idTokenClaims: ({ roles }) => ({ roles }),
  accessTokenClaims: () => ({}),
  middleware: () => (_ctx, next) => next(),
};
