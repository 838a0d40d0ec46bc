import { delimiter } from 'node:path';

/** What `npm test` sets for its own scripts and a newcomer's terminal does not have. */
const NOT_THE_NEWCOMERS =
  /^(npm_(lifecycle|package|command|node|execpath|config_local_prefix|config_workspace)|INIT_CWD|NODE_OPTIONS|CI$|FORCE_COLOR)/;

/**
 * The environment of a newcomer's terminal.
 *
 * @param programs folders that come first on the `PATH`
 */
export function newcomerEnvironment(programs: readonly string[]): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_THE_NEWCOMERS.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: [...programs, process.env['PATH'] ?? ''].join(delimiter),
    TERM: 'xterm-256color',
    NG_CLI_ANALYTICS: 'false',
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}
