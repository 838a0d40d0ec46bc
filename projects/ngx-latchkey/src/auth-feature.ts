import type { Provider } from '@angular/core';

/** An optional part of `provideAuth`. */
export interface AuthFeature<Kind extends AuthFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly Provider[];
}

export type AuthFeatureKind = 'keeping' | 'routes' | 'vault';

/** Every feature that `provideAuth` takes. */
export type AuthFeatures = AuthFeature<'keeping'> | AuthFeature<'routes'> | AuthFeature<'vault'>;
