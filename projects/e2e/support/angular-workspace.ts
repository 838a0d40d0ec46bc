import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Cell, versionsOf } from './cells';
import { run } from './command';
import { preparedOnce } from './prepared-once';
import { toolchainFor, type Toolchain } from './toolchain';

/** An application fresh from the Angular CLI, in a folder of its own that the caller removes. */
export interface AngularWorkspace {
  readonly folder: string;
  /** The command that runs the workspace's own Angular CLI. */
  readonly ng: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export async function freshWorkspace(cell: Cell): Promise<AngularWorkspace> {
  const tools = await toolchainFor(cell.angular);
  const options = [
    ...[
      '--skip-git',
      '--skip-install',
      '--skip-tests',
      '--defaults',
      `--ssr=${cell.serverRendering ?? false}`,
      '--style=css',
      '--ai-config=none',
    ],
    `--zoneless=${cell.zoneless}`,
    `--standalone=${cell.standalone}`,
  ];
  const recipe = [...options, JSON.stringify(versionsOf(cell)), process.versions.node];
  const prepared = await preparedOnce(`app-${cell.angular}`, recipe, draft =>
    create(draft, cell, tools, options),
  );
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-newcomer-'));
  // Some 20,000 files: the system's own copy takes a fraction of Node's time.
  await run(['cp', '-a', `${join(prepared, 'app')}/.`, folder], { cwd: prepared, env: tools.env });
  const ng = [tools.node, join(folder, 'node_modules', '@angular', 'cli', 'bin', 'ng.js')];
  return { folder, ng, env: tools.env };
}

async function create(
  draft: string,
  cell: Cell,
  tools: Toolchain,
  options: readonly string[],
): Promise<void> {
  await run([tools.node, tools.ng, 'new', 'app', ...options], { cwd: draft, env: tools.env });
  await pinVersions(join(draft, 'app', 'package.json'), cell);
  await run(['npm', 'install'], { cwd: join(draft, 'app'), env: tools.env });
}

async function pinVersions(path: string, cell: Cell): Promise<void> {
  const { core, cli, typescript } = versionsOf(cell);
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text
      .replace(/("@angular\/(?:build|cli)": )"[^"]*"/g, `$1"${cli}"`)
      .replace(/("@angular\/(?!build"|cli")[^"]*": )"[^"]*"/g, `$1"${core}"`)
      .replace(/("typescript": )"[^"]*"/, `$1"${typescript}"`),
  );
}

/** Every file of the workspace but what is installed or built, by its path. */
export async function filesOf({ folder }: AngularWorkspace): Promise<ReadonlyMap<string, string>> {
  const top = await readdir(folder, { withFileTypes: true });
  const folders = top.filter(entry => entry.isDirectory() && !NOT_WRITTEN.has(entry.name));
  const below = await Promise.all(
    folders.map(({ name }) => readdir(join(folder, name), { recursive: true, withFileTypes: true })),
  );
  const files = [...top, ...below.flat()].filter(entry => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const texts = await Promise.all(paths.map(path => readFile(join(folder, path), 'latin1')));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}

const NOT_WRITTEN = new Set(['node_modules', 'dist', '.angular']);
