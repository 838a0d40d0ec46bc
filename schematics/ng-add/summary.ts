import type { ApplicationProject } from './application-project';
import type { IdentifiedServer } from './identify-server';
import type { FilePlan } from './plan';
import { SERVER_KINDS } from './server-kinds';

/** What has come of a run. */
export interface Outcome {
  readonly project: ApplicationProject;
  readonly server: IdentifiedServer;
  readonly url: string;
  readonly plans: readonly FilePlan[];
  /** Sentences about the pages. */
  readonly pages: readonly string[];
  /** What stands in the code for values that only a person knows. */
  readonly placeholders: readonly string[];
  /** The root template, if it is still the one that the CLI makes. */
  readonly welcomePage: string | undefined;
}

/** What is told at the end: what was done and how to go on, and what is left to a person. */
export function summary({ project, server, url, plans, pages, placeholders, welcomePage }: Outcome): {
  readonly done: string;
  readonly byHand: readonly string[];
} {
  const done = [...plans.flatMap(plan => plan.done), ...pages];
  const { name, isService, signIn, hasClients } = SERVER_KINDS[server.kind];
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
    `Latchkey: ${project.name} talks to ${isService ? name : `${url} as ${name}`}.`,
    ...done.map(line => `  ${line}`),
    ...(hasClients && signIn === 'redirect' ? [CLIENT] : []),
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
      ...(placeholders.length > 0
        ? [`In the code, put your own in place of ${placeholders.join(', ')}.`]
        : []),
      ...(project.rendersOnServer && pages.length > 0 ? [ssr] : []),
    ],
  };
}

const CLIENT =
  "At the server, the client has to be a public one that may come back to the application's address: http://localhost:4200/ for ng serve. Which APIs get the token is said with the option api.";
