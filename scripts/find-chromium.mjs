import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** How each package manager is told to install a Chromium. The first one that is there is asked. */
const INSTALLERS = [
  { manager: 'apt-get', steps: [['update'], ['install', '-y', 'chromium']], needsRoot: true },
  { manager: 'dnf', steps: [['install', '-y', 'chromium']], needsRoot: true },
  { manager: 'apk', steps: [['add', 'chromium']], needsRoot: true },
  { manager: 'pacman', steps: [['-Sy', '--noconfirm', 'chromium']], needsRoot: true },
  { manager: 'zypper', steps: [['--non-interactive', 'install', 'chromium']], needsRoot: true },
  { manager: 'brew', steps: [['install', '--cask', 'google-chrome']], needsRoot: false },
];

const BY_HAND =
  'Install Chromium or Chrome, or set CHROME_BIN to the executable of one, and run the command again.';

/**
 * The path of a Chromium or Chrome: what `CHROME_BIN` names, one on the `PATH` or in the usual places, Playwright's own, or one
 * that the system's package manager installs now.
 *
 * @returns {string} an executable
 * @throws {Error} saying what to do, where there is none and none can be installed
 */
export function findChromium() {
  const named = process.env['CHROME_BIN'];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Error(`CHROME_BIN is ${named}, which is not an executable file. Correct it, or unset it.`);
  }
  return installedChromium() ?? installChromium();
}

function installedChromium() {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => NAMES.map(name => join(folder, name)));
  return [...onPath, ...usualPlaces(), ...playwrightsOwn()].find(path => isExecutable(path) && starts(path));
}

function usualPlaces() {
  const mac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(variable => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [['Google', 'Chrome'], ['Chromium']].map(name => join(folder, ...name, 'Application', 'chrome.exe'));
  });
  return process.platform === 'darwin' ? mac : process.platform === 'win32' ? windows : [];
}

function playwrightsOwn() {
  try {
    return [createRequire(import.meta.url)('playwright-core').chromium.executablePath()];
  } catch {
    return [];
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some distributions put a stand-in at the usual name that only says what to install. On Windows asking would open a window. */
function starts(path) {
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function installChromium() {
  const installer = INSTALLERS.find(({ manager }) => isOnPath(manager));
  if (installer === undefined) {
    throw new Error(
      `The browser tests need a Chromium, and there is neither one nor a known package manager. ${BY_HAND}`,
    );
  }
  const { manager, steps, needsRoot } = installer;
  const asRoot = needsRoot && process.getuid?.() !== 0 ? ['sudo', '-n'] : [];
  for (const step of steps) {
    const [command = manager, ...rest] = [...asRoot, manager, ...step];
    console.error(`No Chromium found, so one is installed: ${[command, ...rest].join(' ')}`);
    // What a step says goes to stderr: stdout belongs to the caller. Whether they worked is seen by looking again below.
    spawnSync(command, rest, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const found = installedChromium();
  if (found === undefined) throw new Error(`${manager} did not bring a Chromium that starts. ${BY_HAND}`);
  return found;
}

function isOnPath(name) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findChromium());
