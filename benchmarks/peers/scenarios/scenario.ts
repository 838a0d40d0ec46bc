import type { ServerSettings } from '../../../projects/e2e/support/auth-server-admin';
import type { World } from '../world/world';

/** One thing that happens to every application. */
export interface Scenario {
  /** What it is asked for by, on the command line. */
  readonly name: string;
  readonly title: string;
  readonly settings: ServerSettings;
  readonly columns: readonly string[];
  /** Mostly waits, so that several run at once. */
  readonly slow: boolean;
  /** Stops the browser, so that nothing else may be in it. */
  readonly ownBrowser?: boolean;
  /** What the table shows and how it was counted. */
  readonly reading: string;
  /** One cell for each column. */
  run(world: World): Promise<readonly string[]>;
}

export const yesOrNo = (is: boolean): string => (is ? 'yes' : '**no**');

/** Where a yes is the trouble. */
export const noOrYes = (is: boolean): string => (is ? '**yes**' : 'no');
