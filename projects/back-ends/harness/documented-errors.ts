import { readFileSync } from 'node:fs';

/** A line of the table of errors in a back end's guide. */
export interface DocumentedError {
  readonly code: string;
  readonly failure: string;
  /** The words of the back end itself that the line names. */
  readonly says: readonly string[];
}

/**
 * What the guide of a back end promises of its errors.
 *
 * @param guide its name in `docs/back-ends`
 * @param word what a word of the back end looks like
 */
export function documentedErrors(guide: string, word: RegExp): readonly DocumentedError[] {
  const text = readFileSync(new URL(`../../../docs/back-ends/${guide}.md`, import.meta.url), 'utf8');
  const [, section = ''] = text.split(/^## Errors$/m);
  return [...section.matchAll(/^\| `([\w-]+)` +\| ([\w-]+) +\|(.*)\|$/gm)].map(
    ([, code = '', failure = '', meaning = '']) => ({
      code,
      failure,
      says: [...meaning.matchAll(/`([^`]+)`/g)].map(([, said = '']) => said).filter(said => word.test(said)),
    }),
  );
}
