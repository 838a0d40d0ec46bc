import { type Rule, SchematicsException, type Tree, chain } from '@angular-devkit/schematics';
import { DependencyType, InstallBehavior, addDependency, readWorkspace } from '@schematics/angular/utility';
import { chooseApplication } from './application-project';
import { findConfiguration } from './application-files';
import { identifyServer } from './identify-server';
import { planPages } from './pages';
import { type FilePlan, onlyByHand } from './plan';
import { LIBRARY, providerCall } from './provider-call';
import { everythingByHand, planProviders } from './providers-plan';
import { planRoutes } from './routes-plan';
import type { NgAddOptions } from './schema';
import { parseServerUrl } from './server-url';
import { applyEdits } from './source-text';
import { summary } from './summary';
import { addVaultAsset } from './vault-asset';

declare const LATCHKEY_VERSION: string;

/**
 * `ng add ngx-latchkey`. Everything is worked out before anything is changed; what cannot be done safely is not done, and
 * the lines to add by hand are printed.
 */
export function ngAdd(options: NgAddOptions): Rule {
  return async (tree, context) => {
    const project = chooseApplication(await readWorkspace(tree), options.project);
    const parsed = parseServerUrl(options.url ?? 'http://localhost:3333');
    if ('problem' in parsed) throw new SchematicsException(parsed.problem);
    const server = options.provider ? { provider: options.provider } : await identifyServer(parsed.url);
    if (options.vault && server.provider === 'averos') throw new SchematicsException(NO_VAULT);
    const call = providerCall(server.provider, parsed.url, options.vault);

    const config = findConfiguration(tree, project.main);
    const plans: FilePlan[] = config
      ? [planProviders(config.path, config.source, config.node, call)]
      : [onlyByHand(project.main, everythingByHand(project.main, call))];
    const wanted = options.loginPage !== false && config;
    const routes = wanted ? planRoutes(tree, config, project.appFolder) : undefined;
    // A page without a route is one that nobody can reach.
    const pages = routes && planPages(tree, project.appFolder, server.provider, parsed.url);
    if (routes) plans.push(routes);
    else if (wanted) plans.push(onlyByHand(config.path, noRoutes(config.path)));

    for (const [path, edits] of editsByFile(plans)) {
      tree.overwrite(path, applyEdits(tree.readText(path), edits));
    }
    const { done, byHand } = summary(
      project,
      plans,
      pages?.done ?? [],
      server,
      parsed.url,
      welcomePageOf(tree, project.appFolder),
    );
    context.logger.info(done);
    for (const note of byHand) context.logger.warn(note);
    const vault = options.vault ? [addVaultAsset(project.name)] : [];
    return chain([...(pages ? [pages.rule] : []), ...vault, ...dependency(tree)]);
  };
}

const NO_VAULT =
  'An Averos server keeps its refresh token in a cookie, which no script of a page can read. It needs no vault: leave --vault out.';

function noRoutes(path: string): string {
  return `No routes were found from ${path}, so no pages were made. Add provideRouter(routes) to the providers and a <router-outlet /> to the template, and run ng add ngx-latchkey again.`;
}

/** The root template, if it is still the one that the CLI makes. */
function welcomePageOf(tree: Tree, appFolder: string): string | undefined {
  const path = `${appFolder}/app.html`;
  const untouched = tree.exists(path) && tree.readText(path).includes('is only a placeholder');
  return untouched ? path : undefined;
}

/** The providers and the routes may stand in one file, whose offsets hold for all edits together. */
function editsByFile(plans: readonly FilePlan[]): Map<string, FilePlan['edits'][number][]> {
  const files = new Map<string, FilePlan['edits'][number][]>();
  for (const { path, edits } of plans) {
    if (edits.length > 0) files.set(path, [...(files.get(path) ?? []), ...edits]);
  }
  return files;
}

/** `ng add` has written the dependency already; whoever runs the schematic in another way may lack it. */
function dependency(tree: Tree): Rule[] {
  const manifest = tree.exists('package.json') ? tree.readText('package.json') : '';
  if (manifest.includes(`"${LIBRARY}"`)) return [];
  return [
    addDependency(LIBRARY, `^${LATCHKEY_VERSION}`, {
      type: DependencyType.Default,
      install: InstallBehavior.None,
    }),
  ];
}
