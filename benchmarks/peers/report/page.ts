import { format, resolveConfig } from 'prettier';
import type { Results } from '../results';
import type { Scenario } from '../scenarios/scenario';
import { betterThanOurs } from './better';
import { type ReportTable, costTable, scenarioTable, sizeTable } from './tables';

export async function asPage(
  results: Results,
  scenarios: readonly Scenario[],
  file: string,
): Promise<string> {
  const tables = [
    ...scenarios.map(scenario => scenarioTable(results, scenario)),
    sizeTable(results),
    costTable(results),
  ];
  const parts = [
    introduction(results),
    ...tables.map(section),
    betterThanOurs(results),
    setUp(results),
    LEFT_OUT,
  ];
  const page = parts.join('\n\n');
  return format(page, { ...(await resolveConfig(file)), filepath: file });
}

function section({ title, lines, reading, messages, notes = [] }: ReportTable): string {
  const [headings = [], ...rows] = lines;
  const table = [headings, headings.map(() => '---'), ...rows]
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n');
  const said = [
    ...notes.map(note => `- ${note}`),
    ...messages.map(message => `- Not known: ${message}`),
  ].join('\n');
  return [`## ${title}`, reading, table, said].filter(part => part !== '').join('\n\n');
}

function introduction({ peers, skipped, chromium, angular, day }: Results): string {
  const versions = peers.map(
    ({ peer, version }) => `- ${peer.title}: ${peer.package ?? ''} ${version ?? ''}`,
  );
  const missing = skipped.map(({ peer, why }) => `- skipped: ${peer.title}, ${why}`);
  return `# Beside its peers

Made by \`npm run peers -- --write\` on ${day}: the same small application around each library (a call, log in, log out, the user's name, a guarded route), built for production with Angular ${angular}, in
Chromium ${chromium}, against this project's own development auth server: its OpenID issuer for the libraries that speak OpenID Connect, its plain token endpoints for the others. Answers, renewals and
refusals are read in the server's log. The applications are in \`benchmarks/peers/apps\`, and each says by which page of its library's documentation it was set up; [the list](#how-each-was-set-up) is below.

**Read it with care.** It was made by the authors of one of the libraries, and it asks for what that one was made for. The others do things that are not asked here, have been in use for years, and several of
them can be brought to do more by code of one's own. Options that a library has but does not recommend by default were not turned on, for ours neither. If something is set up in a worse way than your documentation
says, that is a bug of this page: please tell us.

${[...versions, ...missing].join('\n')}

To do it again: \`npm install && npm run build && npm run peers\`. It takes about twenty minutes, installs the libraries into \`.latchkey/peers\`, and needs a network for that only.`;
}

function setUp({ peers, skipped }: Results): string {
  const parts = [...peers, ...skipped].map(({ peer }) => {
    const pages = peer.setUp.map(({ what, page }) => `- ${what}: ${page}`);
    const notes = peer.notes.map(note => `- ${note}`);
    return [`### ${peer.title}`, '', ...pages, ...notes].join('\n');
  });
  return ['## How each was set up', ...parts].join('\n\n');
}

const LEFT_OUT = `## What was left out

- **keycloak-angular**: made for Keycloak. The \`oidcProvider\` option of keycloak-js 26.2.4 takes another issuer, but it decodes every refresh token as a JWT and throws at one that is none (\`decodeToken\` in \`lib/keycloak.js\`), as
  those of this issuer and of many others are.
- **@delon/auth**: renews nothing, so that most of what is asked here does not apply; its token page would be that of \`@auth0/angular-jwt\` without the interceptor.
- **Libraries of one vendor** (\`@auth0/auth0-angular\`, \`@azure/msal-angular\`, \`@okta/okta-angular\`, Firebase, Amplify, Clerk, Supabase): made for that vendor's servers.
- **Server rendering, sign-ins in windows, step-up, sockets**: not asked here.`;
