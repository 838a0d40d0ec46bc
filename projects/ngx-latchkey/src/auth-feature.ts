import type { Provider } from '@angular/core';

/** An optional part of `provideAuth`. */
export interface AuthFeature<Kind extends AuthFeatureKind> {
  readonly ɵkind: Kind;
  readonly ɵproviders: readonly Provider[];
}

/** What a feature is about; `provideAuth` takes one of each. */
export type AuthFeatureKind = 'api' | 'dpop' | 'keeping' | 'routes' | 'step-up' | 'support-log' | 'vault';

/** Every feature that `provideAuth` takes. */
export type AuthFeatures =
  | AuthFeature<'api'>
  | AuthFeature<'dpop'>
  | AuthFeature<'keeping'>
  | AuthFeature<'routes'>
  | AuthFeature<'step-up'>
  | AuthFeature<'support-log'>
  | AuthFeature<'vault'>;
