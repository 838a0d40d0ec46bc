import type { ApplicationProject } from './application-project';
import type { IdentifiedServer } from './identify-server';
import type { FilePlan } from './plan';

/** What is told at the end: what was done and how to go on, and what is left to a person. */
export function summary(
  project: ApplicationProject,
  plans: readonly FilePlan[],
  pages: readonly string[],
  server: IdentifiedServer,
  url: string,
  welcomePage: string | undefined,
): { readonly done: string; readonly byHand: readonly string[] } {
  const done = [...plans.flatMap(plan => plan.done), ...pages];
  const name = server.provider === 'averos' ? 'an Averos auth provider' : 'a JWT server';
  const byHand = plans.flatMap(plan => plan.byHand);
  const next =
    pages.length > 0 && byHand.length > 0
      ? 'Next: do what is said below, then ng serve and open /account.'
      : pages.length > 0
        ? 'Next: ng serve, then open /account. It leads to the login page and back.'
        : 'Next: inject AuthService, and guard routes with authGuard. The login route is /login unless withRoutes() names another.';
  const welcome =
    welcomePage === undefined || pages.length === 0
      ? []
      : [`Angular's welcome page stands above them in ${welcomePage}; <router-outlet /> is all it needs.`];
  const lines = [
    `Latchkey: ${project.name} talks to ${url} as ${name}.`,
    ...done.map(line => `  ${line}`),
    next,
    ...welcome,
  ];
  const ssr =
    'The application is rendered on a server too, which does not know the session. Give guarded routes RenderMode.Client in app.routes.server.ts; on the server they would be the login redirect for everybody.';
  return {
    done: lines.join('\n'),
    byHand: [
      ...(server.note === undefined ? [] : [server.note]),
      ...byHand,
      ...(project.rendersOnServer && pages.length > 0 ? [ssr] : []),
    ],
  };
}
