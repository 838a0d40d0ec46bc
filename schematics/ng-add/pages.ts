import {
  type Rule,
  type Tree,
  apply,
  applyTemplates,
  filter,
  mergeWith,
  move,
  noop,
  chain,
  url,
} from '@angular-devkit/schematics';
import type { ProviderKind } from './schema';

const PAGES = ['login', 'account'] as const;

/** What becomes of the pages: made, or left because something of that name is there. */
export interface PagesPlan {
  readonly rule: Rule;
  readonly done: readonly string[];
}

/** The login page and the guarded page, which belong to the user from then on: nothing is ever overwritten. */
export function planPages(tree: Tree, appFolder: string, provider: ProviderKind, server: string): PagesPlan {
  const missing = PAGES.filter(page => !tree.exists(`${appFolder}/${page}/${page}.ts`));
  const rules = missing.map(page =>
    mergeWith(
      apply(url(`./files/${page}`), [
        applyTemplates({ provider, server }),
        filter(path => !tree.exists(`${appFolder}/${page}${path}`)),
        move(`/${appFolder}/${page}`),
      ]),
    ),
  );
  return {
    rule: rules.length > 0 ? chain(rules) : noop(),
    done: PAGES.map(page =>
      missing.includes(page)
        ? `${appFolder}/${page}/ has the ${page} page. It is yours: change what you like.`
        : `${appFolder}/${page}/${page}.ts is there already; it stays as it is.`,
    ),
  };
}
