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
): { readonly done: string; readonly byHand: readonly string[] } {
  const done = [...plans.flatMap(plan => plan.done), ...pages];
  const name = server.provider === 'averos' ? 'an Averos auth provider' : 'a JWT server';
  const next =
    pages.length > 0
      ? 'Next: ng serve, then open /account. It leads to the login page and back.'
      : 'Next: inject AuthService, and guard routes with authGuard. The login route is /login unless withRoutes() names another.';
  const lines = [
    `Latchkey: ${project.name} talks to ${url} as ${name}.`,
    ...done.map(line => `  ${line}`),
    next,
  ];
  const ssr =
    'The application is rendered on a server too. Give guarded routes RenderMode.Client (or RenderMode.Server) in app.routes.server.ts: a prerendered guarded page would be the login redirect for everybody.';
  return {
    done: lines.join('\n'),
    byHand: [
      ...(server.note === undefined ? [] : [server.note]),
      ...plans.flatMap(plan => plan.byHand),
      ...(project.rendersOnServer && pages.length > 0 ? [ssr] : []),
    ],
  };
}
