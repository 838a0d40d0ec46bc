import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AngularWorkspace, filesOf, freshWorkspace } from '../support/angular-workspace';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import type { Cell } from '../support/cells';
import { run } from '../support/command';
import { packLibrary } from '../support/packed-library';
import { type TerminalSession, inPseudoTerminal } from '../support/pseudo-terminal';
import { type StaticSite, serveStatic } from '../support/static-site';

/** Seconds that an access token lives: long enough to do something with it, short enough to wait for its end. */
export const LIFETIME = 6;

type Files = ReadonlyMap<string, string>;

/** Somebody with a fresh Angular application, the library's tarball, and an auth server that runs. */
export interface Newcomer {
  readonly server: AuthServerProcess;
  /**
   * Adds the library in a terminal and answers its questions.
   *
   * @param url what is typed as the auth server's URL
   * @param clientId what is typed as the client id, where that is asked for
   */
  addLibrary(
    url: string,
    clientId?: string,
  ): Promise<TerminalSession & { readonly before: Files; readonly after: Files }>;
  /** Adds it again, without questions. */
  addLibraryAgain(): Promise<{ readonly before: Files; readonly after: Files }>;
  /** Builds for production and serves the result. */
  publish(): Promise<StaticSite>;
  leave(): Promise<void>;
}

export async function arrive(cell: Cell): Promise<Newcomer> {
  const workspace = await freshWorkspace(cell);
  const downloads = await mkdtemp(join(tmpdir(), 'latchkey-tarball-'));
  const tarball = await packLibrary(downloads);
  const server = await startAuthServer('--contract', cell.contract, '--access-token-lifetime', `${LIFETIME}`);
  let site: StaticSite | undefined;
  return {
    server,
    addLibrary: async (url, clientId) => {
      const before = await filesOf(workspace);
      const session = await typeNgAdd(workspace, tarball, url, clientId);
      return { ...session, before, after: await filesOf(workspace) };
    },
    addLibraryAgain: async () => {
      const before = await filesOf(workspace);
      await ng(
        workspace,
        'add',
        `file:${tarball}`,
        '--skip-confirmation',
        '--defaults',
        `--url=${server.url}`,
      );
      return { before, after: await filesOf(workspace) };
    },
    publish: async () => {
      await ng(workspace, 'build');
      site = await serveStatic(join(workspace.folder, 'dist', 'app', 'browser'));
      return site;
    },
    leave: async () => {
      await Promise.all([site?.stop(), server.stop()]);
      await Promise.all(
        [workspace.folder, downloads].map(folder => rm(folder, { recursive: true, force: true })),
      );
    },
  };
}

/** `ng add` as a person meets it: the question is read, then answered. */
function typeNgAdd(
  workspace: AngularWorkspace,
  tarball: string,
  url: string,
  clientId: string | undefined,
): Promise<TerminalSession> {
  return inPseudoTerminal(
    [...workspace.ng, 'add', `file:${tarball}`],
    [
      { question: /would you like to proceed\?/i, typed: 'y' },
      { question: /\bURL\b/, typed: url },
      { question: /login page/i, typed: 'y' },
      ...(clientId === undefined ? [] : [{ question: /client id/i, typed: clientId }]),
    ],
    { cwd: workspace.folder, env: workspace.env },
  );
}

function ng(workspace: AngularWorkspace, ...args: string[]): Promise<string> {
  return run([...workspace.ng, ...args], { cwd: workspace.folder, env: workspace.env });
}
