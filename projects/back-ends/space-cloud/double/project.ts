import type { Collections } from './collections';
import type { Rule } from './rules';
import type { Tokens } from './tokens';

/** One project of the double. */
export interface Project {
  readonly id: string;
  readonly database: string;
  readonly tokens: Tokens;
  readonly collections: Collections;
  readonly rules: Readonly<Record<string, Rule>>;
  /** Whether users may sign in by e-mail. */
  emailSignIn: boolean;
}
