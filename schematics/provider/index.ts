import { normalize } from '@angular-devkit/core';
import {
  type Rule,
  SchematicsException,
  type Tree,
  apply,
  applyTemplates,
  filter,
  mergeWith,
  move,
  url as templates,
} from '@angular-devkit/schematics';
import { readWorkspace } from '@schematics/angular/utility';
import { chooseApplication } from '../ng-add/application-project';
import { parseServerUrl } from '../ng-add/server-url';
import { type ProviderName, parseProviderName } from './provider-name';
import type { ProviderOptions } from './schema';

/** `ng generate ngx-latchkey:provider`: a provider that works, and the spec that says what it has to keep. Nothing is ever overwritten. */
export function provider(options: ProviderOptions): Rule {
  return async (tree, context) => {
    const { kind = 'renewable', skipTests = false } = options;
    const name = parseProviderName(options.name);
    if ('problem' in name) throw new SchematicsException(name.problem);
    const url = serverUrl(options.url ?? 'https://auth.example.com');
    const folder =
      options.path === undefined ? await defaultFolder(tree, options.project) : inside(options.path);

    const files = [`${folder}/${name.dashed}-provider.ts`];
    if (!skipTests) files.push(`${folder}/${name.dashed}-provider.spec.ts`);
    const taken = files.filter(file => tree.exists(file));
    if (taken.length > 0) {
      throw new SchematicsException(
        `${taken.join(' and ')} ${taken.length > 1 ? 'are' : 'is'} there already, and nothing was changed. Choose another name, or another folder with --path.`,
      );
    }
    context.logger.info(summary(files, name, url, kind === 'delegated'));
    return mergeWith(
      apply(templates(kind === 'delegated' ? './files/delegated' : './files/server'), [
        filter(file => !skipTests || !file.includes('.spec.')),
        applyTemplates({ ...name, kind, url }),
        move(`/${folder}`),
      ]),
    );
  };
}

function serverUrl(typed: string): string {
  const parsed = parseServerUrl(typed);
  if ('problem' in parsed) throw new SchematicsException(parsed.problem);
  // It would end the comment that it is written into, and no server is called so.
  if (parsed.url.includes('*')) {
    throw new SchematicsException('The URL has a wildcard in it; name the one server that signs users in.');
  }
  return parsed.url;
}

async function defaultFolder(tree: Tree, project: string | undefined): Promise<string> {
  return `${chooseApplication(await readWorkspace(tree), project).appFolder}/auth`;
}

function inside(path: string): string {
  const folder = normalize(path.replaceAll('\\', '/').replace(/^\/+/, ''));
  if (folder === '..' || folder.startsWith('../') || /^[a-z]:/i.test(path)) {
    throw new SchematicsException(
      `"${path}" is not inside the workspace. Give the folder from its root, as in src/app/auth.`,
    );
  }
  return folder === '' ? '.' : folder;
}

function summary(
  [provider = '', spec]: readonly string[],
  { camel, dashed }: ProviderName,
  url: string,
  delegated: boolean,
): string {
  const change = delegated
    ? "Put the type of the vendor's SDK in the place of the one that is described in it"
    : `Write the paths and the names of your server into it${spec === undefined ? '' : ', and what it really answers into the spec'}`;
  const test = spec === undefined ? '' : ' "ng test" says in sentences what does not fit.';
  const given = `${delegated ? 'sdk, ' : ''}url: '${url}'`;
  return [
    `Latchkey: ${provider} has the provider${spec === undefined ? '' : ', the spec beside it what it has to keep'}. Change what you like.`,
    `  1. ${change}.${test}`,
    `  2. Use it: provideAuth(${camel}Provider({ ${given} })), with ${camel}Provider from ${dashed}-provider.`,
    'How: node_modules/ngx-latchkey/docs/writing-a-provider.md',
  ].join('\n');
}
