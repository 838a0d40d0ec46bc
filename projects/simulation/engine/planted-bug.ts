/** A mistake that is made on purpose in the simulation's own copy of the engine, to see that the simulation finds it. */
export interface PlantedBug {
  /** What the engine does wrong, in a few words. */
  readonly name: string;
  /** The scenario of the fault catalogue that it stands for. */
  readonly star: string;
  /** Where, below `projects/ngx-latchkey`. */
  readonly file: string;
  /** Source text that occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The invariants that it may break. */
  readonly breaks: string;
}
