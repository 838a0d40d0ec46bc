/** The kinds of auth server that the schematic can set up. */
export type ProviderKind = 'jwt' | 'averos';

/** The options of `ng add ngx-latchkey`, as `schema.json` describes them. */
export interface NgAddOptions {
  readonly url?: string;
  readonly loginPage?: boolean;
  readonly provider?: ProviderKind;
  readonly vault?: boolean;
  readonly project?: string;
}
