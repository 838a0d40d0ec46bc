import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StartError } from './errors.js';
import { nearest } from './json-problems.js';
import { isOrigin } from './origins.js';
import type { Settings } from './settings.js';

/** What the command line says. */
export interface Arguments {
  readonly settings: Partial<Settings>;
  readonly config?: string;
  /** Print one machine-readable line when ready, and nothing else. */
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export const USAGE = `latchkey-auth-server: a development auth server with sessions that rotate, expire and misbehave on request

Usage: latchkey-auth-server [options]

  --port <number>                    default 3333; 0 picks a free one
  --host <address>                   default 127.0.0.1, so only this machine reaches it
  --config <file.json>               settings, users, rules and signing secrets
  --data <file.json>                 where data is kept; default .latchkey/auth-server.json, "memory" keeps it in memory
  --contract jwt|averos              what is spoken at the root; default jwt
  --rotation grace|strict            whether a repeated refresh within the overlap is answered; default grace
  --overlap <seconds>                default 30
  --access-token-lifetime <seconds>  default 900
  --refresh-token-lifetime <seconds> default 2592000 (30 days)
  --origin <url>                     allow pages of this origin too (repeatable); those of localhost always are
  --json                             print {"url":"..."} when ready, nothing else
  --version, --help

Not for production.
`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
  contract: { type: 'string' },
  rotation: { type: 'string' },
  overlap: { type: 'string' },
  'access-token-lifetime': { type: 'string' },
  'refresh-token-lifetime': { type: 'string' },
  origin: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

/** @throws StartError saying which argument is wrong and what it takes */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const year = 31_536_000;
  for (const origin of values.origin ?? []) {
    if (!isOrigin(origin))
      throw wrong('origin', origin, 'an origin such as https://app.example.test, without a path');
  }
  const settings: { -readonly [K in keyof Settings]?: Settings[K] | undefined } = {
    port: whole('port', values.port, 0, 65_535),
    host: values.host,
    data: values.data,
    contract: choice('contract', values.contract, ['jwt', 'averos']),
    rotation: choice('rotation', values.rotation, ['grace', 'strict']),
    overlap: whole('overlap', values.overlap, 0, year),
    accessTokenLifetime: whole('access-token-lifetime', values['access-token-lifetime'], 1, year),
    refreshTokenLifetime: whole('refresh-token-lifetime', values['refresh-token-lifetime'], 1, year),
    origins: values.origin,
  };
  return {
    settings: Object.fromEntries(Object.entries(settings).filter(([, given]) => given !== undefined)),
    ...(values.config === undefined ? {} : { config: values.config }),
    json: values.json ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'] {
  const known = Object.keys(OPTIONS);
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new StartError(`"${token.value}" is not expected here. See --help.`);
    if (token.kind !== 'option' || known.includes(token.name)) continue;
    const near = nearest(token.name, known);
    throw new StartError(
      `${token.rawName} is not an option. ${near ? `Did you mean --${near}?` : 'See --help.'}`,
    );
  }
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function whole(name: string, given: string | undefined, min: number, max: number): number | undefined {
  if (given === undefined) return undefined;
  const number = /^\d+$/.test(given) ? Number(given) : NaN;
  if (!(number >= min && number <= max)) throw wrong(name, given, `a whole number from ${min} to ${max}`);
  return number;
}

function choice<T extends string>(
  name: string,
  given: string | undefined,
  choices: readonly T[],
): T | undefined {
  const found = choices.find(one => one === given);
  if (given !== undefined && found === undefined) throw wrong(name, given, choices.join(' or '));
  return found;
}

function wrong(name: string, given: string, expected: string): StartError {
  return new StartError(`--${name} takes ${expected}, not ${JSON.stringify(given)}.`);
}
