import type { AuthServer } from './server.js';
import { isLoopbackHost } from './loopback.js';
import { ONE_TIME_CODE } from './oidc/authentication-level.js';
import type { Settings } from './settings.js';
import { packageVersion } from './version.js';

/** What the terminal shows at start: where, who can sign in, and that this is no place for real users. */
export function startMessage(server: AuthServer, settings: Settings): string {
  const url = server.url.replace('//127.0.0.1:', '//localhost:');
  const seeds = settings.users.filter(seed =>
    server.users.some(user => user.seeded === true && user.username === seed.username),
  );
  const width = Math.max(0, ...seeds.map(seed => seed.username.length));
  const people = seeds.map(
    seed => `    ${seed.username.padEnd(width)}  ${seed.password}  (${(seed.roles ?? ['user']).join(', ')})`,
  );
  const { data, contract, host } = settings;
  const others = contract === 'jwt' ? 'Averos under /averos' : 'jwt under /jwt';
  return [
    `Latchkey dev auth server ${packageVersion()} at ${url}`,
    `  console    ${url}/`,
    `  contract   ${contract} (${others})`,
    `  issuer     ${url}/oidc (OpenID Connect)`,
    `  cookies    ${url}/bff (backend for frontend)`,
    `  data       ${data === '' || data === 'memory' ? 'in memory, gone when it stops' : data}`,
    ...(people.length > 0 ? [`  sign in with (one-time code ${ONE_TIME_CODE})`, ...people] : []),
    ...(isLoopbackHost(host) ? [] : [`Other machines can reach it too, because it listens on ${host}.`]),
    'Not for production: its passwords are public and it misbehaves on request.',
  ].join('\n');
}
