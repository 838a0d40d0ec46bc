import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version that is fetched. It runs on Java 17 and later. */
export const VERSION = '26.7.3';

const FOLDER = fileURLToPath(new URL('../../../../dist/heavy/keycloak', import.meta.url));
const HOME = join(FOLDER, `keycloak-${VERSION}`);
const UNPACK = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;

/**
 * The folder of a Keycloak: `KEYCLOAK_HOME`, or one that Maven fetches once; `null` where it cannot be had, which is said in one line.
 * Maven takes it from wherever its own settings say.
 */
export function keycloakHome(): string | null {
  const given = process.env['KEYCLOAK_HOME'];
  const home = given ?? HOME;
  const missing = reasonNotToTry(given);
  if (missing !== null) {
    console.log(`Keycloak is not tried: ${missing}.`);
    return null;
  }
  if (given === undefined && !existsSync(HOME)) fetchByMaven();
  if (!existsSync(join(home, 'bin/kc.sh'))) throw new Error(`There is no Keycloak in ${home}.`);
  return home;
}

function reasonNotToTry(given: string | undefined): string | null {
  if (process.platform === 'win32') return 'its process group cannot be stopped on Windows';
  if (!runs('java')) return 'there is no Java';
  const toBeHad = given !== undefined || existsSync(HOME) || runs('mvn');
  return toBeHad ? null : 'there is neither Maven nor KEYCLOAK_HOME';
}

function fetchByMaven(): void {
  mkdirSync(FOLDER, { recursive: true });
  const what = ['--batch-mode', '--quiet', UNPACK, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${FOLDER}`];
  try {
    execFileSync('mvn', what, { cwd: FOLDER, stdio: 'inherit' });
  } catch (error) {
    // What is there by half would be taken for the whole the next time.
    rmSync(HOME, { recursive: true, force: true });
    throw error;
  } finally {
    // Maven marks what it has unpacked in a folder of the project, which there is none of.
    rmSync(join(FOLDER, '${project.basedir}'), { recursive: true, force: true });
  }
}

function runs(command: string): boolean {
  return spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0;
}
