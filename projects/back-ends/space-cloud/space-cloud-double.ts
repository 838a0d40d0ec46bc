import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { type Collections, collections } from './double/collections';
import { crud } from './double/crud';
import { graphql } from './double/graphql';
import type { Project } from './double/project';
import type { Rule } from './double/rules';
import { type Sockets, sockets } from './double/sockets';
import { type Secret, tokens } from './double/tokens';
import { hash, users } from './double/users';

export interface SpaceCloudDoubleOptions {
  /** Whose tokens are accepted besides its own. */
  readonly secrets?: readonly Secret[];
  /** Seconds that its own tokens live. Default half an hour. */
  readonly tokenLife?: number;
  readonly rules?: Readonly<Record<string, Rule>>;
  readonly port?: number;
}

export interface SpaceCloudDouble {
  readonly address: string;
  readonly collections: Collections;
  readonly sockets: Sockets;
  /** Requests that arrived, as `POST /path`. */
  readonly requests: readonly string[];
  emailSignIn(enabled: boolean): void;
  close(): Promise<void>;
}

const RULES: Readonly<Record<string, Rule>> = {
  users: { rule: 'authenticated' },
  news: { rule: 'allow' },
  notes: { rule: 'authenticated' },
  reports: { rule: 'match', claim: 'role', value: 'admin' },
};

/** A gateway of Space Cloud with the project `shop`, its database `mongo`, and Ada, whose password is `secret`. */
export async function startSpaceCloudDouble(
  options: SpaceCloudDoubleOptions = {},
): Promise<SpaceCloudDouble> {
  const app = fastify({ forceCloseConnections: true });
  const requests: string[] = [];
  const project: Project = {
    id: 'shop',
    database: 'mongo',
    tokens: tokens(options.secrets ?? [], options.tokenLife),
    collections: collections(),
    rules: { ...RULES, ...options.rules },
    emailSignIn: true,
  };
  project.collections.insert('users', {
    _id: 'u-ada',
    email: 'ada@example.test',
    name: 'Ada',
    role: 'editor',
    pass: hash('secret'),
  });
  app.addHook('onRequest', async ({ method, url }) => {
    requests.push(`${method} ${url}`);
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    reply.header('Access-Control-Allow-Credentials', 'true');
  });
  // Browsers ask before they send a token or JSON.
  app.options('/*', async (_request, reply) =>
    reply
      .headers({
        'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
        'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      })
      .code(204)
      .send(),
  );
  app.get('/v1/api/health-check', async () => ({}));
  app.setNotFoundHandler((request, reply) => {
    const known = request.url.startsWith(`/v1/api/${project.id}/`) || !request.url.startsWith('/v1/api/');
    return known
      ? reply.code(404).type('text/plain').send('404 page not found')
      : reply.code(400).send({ error: 'project not found in server state' });
  });
  users(app, project);
  crud(app, project);
  graphql(app, project);
  const live = sockets(app.server, project);
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    collections: project.collections,
    sockets: live,
    requests,
    emailSignIn(enabled) {
      project.emailSignIn = enabled;
    },
    async close() {
      live.cut();
      await app.close();
    },
  };
}
