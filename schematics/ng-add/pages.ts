import {
  type Rule,
  type Tree,
  apply,
  applyTemplates,
  chain,
  filter,
  mergeWith,
  move,
  noop,
  url,
} from '@angular-devkit/schematics';
import type { ServerKind } from './schema';
import { SERVER_KINDS, type ServerKindFacts } from './server-kinds';

const PAGES = ['login', 'account'] as const;

/** What becomes of the pages: made, or left because something of that name is there. */
export interface PagesPlan {
  readonly rule: Rule;
  readonly done: readonly string[];
}

/** The login page and the guarded page, which belong to the user from then on: nothing is ever overwritten. */
export function planPages(tree: Tree, appFolder: string, kind: ServerKind, server: string): PagesPlan {
  const missing = PAGES.filter(page => !tree.exists(`${appFolder}/${page}/${page}.ts`));
  const facts = SERVER_KINDS[kind];
  const rules = missing.flatMap(page =>
    sourcesOf(page, facts).map(source =>
      mergeWith(
        apply(url(`./files/${source}`), [
          applyTemplates(wordsFor(facts, server)),
          filter(path => !tree.exists(`${appFolder}/${page}${path}`)),
          move(`/${appFolder}/${page}`),
        ]),
      ),
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

/** The folders that a page is made from: the two login pages look the same. */
function sourcesOf(page: (typeof PAGES)[number], { signIn }: ServerKindFacts): readonly string[] {
  if (page === 'account') return ['account'];
  return ['login-style', signIn === 'redirect' ? 'login-redirect' : 'login-form'];
}

function wordsFor(facts: ServerKindFacts, url: string): Record<string, unknown> {
  const { signIn, isService, isFixed, hasSampleApi } = facts;
  return {
    url,
    server: isService ? 'The auth server' : `The auth server at ${url}`,
    hasForm: signIn !== 'redirect',
    hasSampleApi: hasSampleApi === true,
    afterwards: isFixed ? 'then you log in again' : 'then it is renewed by itself',
    label: signIn === 'email' ? 'E-mail address' : 'Username',
    credentials: signIn === 'username' ? 'username' : `${signIn}: username`,
  };
}
