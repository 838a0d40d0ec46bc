import type { TextEdit } from './source-text';

/** What is to be changed in one file, and what is told about it. */
export interface FilePlan {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  /** Sentences about what is done. */
  readonly done: readonly string[];
  /** What a person has to do, because it could not be done safely. */
  readonly byHand: readonly string[];
}

/** A plan that changes nothing. */
export function onlyByHand(path: string, ...byHand: readonly string[]): FilePlan {
  return { path, edits: [], done: [], byHand };
}
