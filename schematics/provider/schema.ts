/** Who keeps the session of the provider that is written, and how it is renewed. */
export type GeneratedKind = 'renewable' | 'cookie' | 'fixed' | 'delegated';

/** The options of `ng generate ngx-latchkey:provider`, as `schema.json` describes them. */
export interface ProviderOptions {
  readonly name: string;
  readonly kind?: GeneratedKind;
  readonly url?: string;
  readonly path?: string;
  readonly skipTests?: boolean;
  readonly project?: string;
}
