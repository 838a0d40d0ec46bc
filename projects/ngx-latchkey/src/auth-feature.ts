import type { Provider } from '@angular/core';

/** An optional part of `provideAuth`. */
export interface AuthFeature<Kind extends AuthFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly Provider[];
}

export type AuthFeatureKind = 'api' | 'keeping' | 'routes' | 'vault';

/** Every feature that `provideAuth` takes. */
export type AuthFeatures =
  AuthFeature<'api'> | AuthFeature<'keeping'> | AuthFeature<'routes'> | AuthFeature<'vault'>;
