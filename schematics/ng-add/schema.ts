/** The kinds of auth server that the schematic can set up. */
export type ServerKind =
  | 'jwt'
  | 'averos'
  | 'oidc'
  | 'keycloak'
  | 'auth0'
  | 'cognito-hosted'
  | 'cookie-session'
  | 'feathers'
  | 'firebase'
  | 'cognito'
  | 'space-cloud'
  | 'eight-base';

/** The options of `ng add ngx-latchkey`, as `schema.json` describes them. */
export interface NgAddOptions {
  readonly url?: string;
  readonly loginPage?: boolean;
  readonly kind?: ServerKind;
  readonly clientId?: string;
  readonly vault?: boolean;
  readonly project?: string;
}
