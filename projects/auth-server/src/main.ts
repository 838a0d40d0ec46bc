#!/usr/bin/env node
import { readArguments, USAGE, type Arguments } from './arguments.js';
import { readConfig } from './config.js';
import { StartError } from './errors.js';
import { createAuthServer, type AuthServer } from './server.js';
import { DEFAULT_DATA_FILE, DEFAULT_SETTINGS } from './settings.js';
import { startMessage } from './start-message.js';
import { packageVersion } from './version.js';

/** After this many milliseconds a stop no longer waits for anything. */
const PATIENCE = 800;

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run({ settings: given, config, json, help, version }: Arguments): Promise<void> {
  if (help || version) {
    process.stdout.write(help ? USAGE : `${packageVersion()}\n`);
    return;
  }
  const configured = config === undefined ? {} : readConfig(config);
  const settings = { ...DEFAULT_SETTINGS, data: DEFAULT_DATA_FILE, ...configured, ...given };
  const server = await createAuthServer(settings);
  stopOnSignals(server);
  console.log(json ? JSON.stringify({ url: server.url }) : startMessage(server, settings));
}

function stopOnSignals(server: AuthServer): void {
  const stop = (): void => {
    setTimeout(() => process.exit(0), PATIENCE).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
