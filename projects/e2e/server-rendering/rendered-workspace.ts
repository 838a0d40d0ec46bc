import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AngularWorkspace, freshWorkspace } from '../support/angular-workspace';
import { FIRST_CELL } from '../support/cells';
import { run } from '../support/command';
import { packLibrary } from '../support/packed-library';
import { inProject } from '../support/project-root';
import { type RenderedSite, serveRendered } from './rendered-site';

/** A fresh application that is rendered on a server, with the packed library in it. */
export interface RenderedWorkspace {
  /**
   * Builds the application, which prerenders its public pages.
   *
   * @param session the source of its `session.ts`
   * @param configuration `development` checks the hydration and says what it finds
   */
  build(session: string, configuration: 'development' | 'production'): Promise<BuiltApplication>;
  leave(): Promise<void>;
}

export interface BuiltApplication {
  /** The HTML of a prerendered page, such as `login`; of the home page by default. */
  prerendered(page?: string): Promise<string>;
  serve(): Promise<RenderedSite>;
}

const TEMPLATES = inProject('projects', 'e2e', 'server-rendering', 'application');

export async function renderedWorkspace(): Promise<RenderedWorkspace> {
  const workspace = await freshWorkspace({ ...FIRST_CELL, serverRendering: true });
  const { folder, ng, env } = workspace;
  const downloads = await mkdtemp(join(tmpdir(), 'latchkey-tarball-'));
  const tarball = await packLibrary(downloads);
  await run(['npm', 'install', `file:${tarball}`], { cwd: folder, env });
  await writeApplication(workspace);
  let builds = 0;
  return {
    async build(session, configuration) {
      const output = join(folder, 'dist', `build-${(builds += 1)}`);
      await writeFile(join(folder, 'src', 'app', 'session.ts'), session);
      await run([...ng, 'build', `--configuration=${configuration}`, `--output-path=${output}`], {
        cwd: folder,
        env,
      });
      return {
        prerendered: (page = '') => readFile(join(output, 'browser', page, 'index.html'), 'utf8'),
        serve: () => serveRendered(workspace, join(output, 'server', 'server.mjs')),
      };
    },
    async leave() {
      await Promise.all([folder, downloads].map(path => rm(path, { recursive: true, force: true })));
    },
  };
}

async function writeApplication({ folder }: AngularWorkspace): Promise<void> {
  const templates = await readdir(TEMPLATES);
  await Promise.all(
    templates.map(async template => {
      const name = template.replace(/\.template$/, '');
      const target = name.endsWith('.mjs') ? [name] : ['src', 'app', name];
      await writeFile(join(folder, ...target), await readFile(join(TEMPLATES, template), 'utf8'));
    }),
  );
}
