import type { OidcOptions } from 'ngx-latchkey/oidc';

/** What the application reads before it starts. */
export interface OpenIdSettings {
  readonly preset: 'oidc' | 'keycloak' | 'auth0' | 'cognito' | 'cookieSession';
  /** Options of that preset. */
  readonly options: Partial<OidcOptions> & Readonly<Record<string, unknown>>;
  readonly dpop?: boolean;
  readonly stepUp?: boolean;
  /** What the buttons call. */
  readonly calls: string;
  readonly transfer?: string;
}
