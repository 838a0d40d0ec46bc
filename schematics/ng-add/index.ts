import { type Rule, SchematicsException, type Tree, chain, schematic } from '@angular-devkit/schematics';
import { DependencyType, InstallBehavior, addDependency, readWorkspace } from '@schematics/angular/utility';
import { chooseApplication } from './application-project';
import { findConfiguration } from './application-files';
import { describeServer, identifyServer } from './identify-server';
import { METADATA_PATH } from './open-id-metadata';
import { planPages } from './pages';
import { type FilePlan, onlyByHand } from './plan';
import { LIBRARY, providerCall } from './provider-call';
import { everythingByHand, planProviders } from './providers-plan';
import { planRoutes } from './routes-plan';
import type { NgAddOptions } from './schema';
import { SERVER_KINDS } from './server-kinds';
import { parseServerUrl } from './server-url';
import { applyEdits } from './source-text';
import { summary } from './summary';
import { addVaultAsset } from './vault-asset';

declare const LATCHKEY_VERSION: string;

/**
 * `ng add ngx-latchkey`. Everything is worked out before anything is changed; what cannot be done safely is not done, and
 * the lines to add by hand are printed.
 *
 * A server with clients is set up by the private schematic `ng-add-client`, which is this one again: its schema has one more question.
 */
export function ngAdd(options: NgAddOptions): Rule {
  return async (tree, context) => {
    const project = chooseApplication(await readWorkspace(tree), options.project);
    const url = serverUrl(options.url ?? 'http://localhost:3333');
    const server = options.kind ? await describeServer(options.kind, url) : await identifyServer(url);
    const { name, hasClients, hasVault } = SERVER_KINDS[server.kind];
    if (options.vault && !hasVault) throw new SchematicsException(noVault(name));
    if (hasClients && options.clientId === undefined) {
      return schematic('ng-add-client', { ...options, kind: server.kind });
    }
    const call = providerCall(server, url, options);

    const config = findConfiguration(tree, project.main);
    const plans: FilePlan[] = config
      ? [planProviders(config.path, config.source, config.node, call)]
      : [onlyByHand(project.main, everythingByHand(project.main, call))];
    const wanted = options.loginPage !== false && config;
    const routes = wanted ? planRoutes(tree, config, project.appFolder) : undefined;
    // A page without a route is one that nobody can reach.
    const pages = routes && planPages(tree, project.appFolder, server.kind, url);
    if (routes) plans.push(routes);
    else if (wanted) plans.push(onlyByHand(config.path, noRoutes(config.path)));

    for (const [path, edits] of editsByFile(plans)) {
      tree.overwrite(path, applyEdits(tree.readText(path), edits));
    }
    const { done, byHand } = summary({
      project,
      server,
      url,
      plans,
      pages: pages?.done ?? [],
      placeholders: plans[0] && changes(plans[0]) ? call.placeholders : [],
      welcomePage: welcomePageOf(tree, project.appFolder),
    });
    context.logger.info(done);
    for (const note of byHand) context.logger.warn(note);
    const vault = options.vault ? [addVaultAsset(project.name)] : [];
    return chain([...(pages ? [pages.rule] : []), ...vault, ...dependency(tree)]);
  };
}

/** The URL of the server; of an OpenID issuer, whose description is often what is at hand, that one does too. */
function serverUrl(typed: string): string {
  const parsed = parseServerUrl(typed);
  if ('problem' in parsed) throw new SchematicsException(parsed.problem);
  const { url } = parsed;
  return url.endsWith(METADATA_PATH) ? url.slice(0, -METADATA_PATH.length) : url;
}

function noVault(name: string): string {
  return `There is no vault for ${name}: its refresh token is in a cookie, which no script of a page can read, or goes elsewhere than it came from, or there is none. Leave --vault out.`;
}

/** Whether something is to be written, by us or by hand. */
function changes({ edits, byHand }: FilePlan): boolean {
  return edits.length + byHand.length > 0;
}

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
