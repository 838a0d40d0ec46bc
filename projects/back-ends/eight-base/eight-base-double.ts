import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Plugin, createSchema, createYoga } from 'graphql-yoga';
import type { GraphQLError } from 'graphql';
import { EightBaseFailure } from './eight-base-failure';
import { type Sender, type Workspace, resolversOf } from './resolvers';
import { typeDefs } from './schema';
import { UserPool } from './user-pool';
import { UsersTable } from './users-table';

export const WORKSPACE_ID = 'ckworkspace0001';
export const AUTH_PROFILE_ID = 'ckprofile0001';
export const PASSWORD = 'correct horse';

/** One request as it came in. */
export interface SeenRequest {
  readonly operation: string;
  readonly authorization: string | null;
}

/** An 8base workspace, and what a test may do to it. */
export interface EightBaseDouble extends Workspace {
  readonly address: string;
  readonly requests: readonly SeenRequest[];
  /** The HTTP status of answers with errors; 8base sends 200, and sometimes 502. */
  statusOfErrors: number;
  close(): Promise<void>;
}

/**
 * 8base as `graphql-yoga` with its errors: `ada` has a row as an editor, `grace` has none yet, `eve` has not confirmed her address, `mallory` is
 * disabled; all `@example.test`.
 *
 * @param port 0 for a free one
 */
export async function startEightBaseDouble({ port = 0 } = {}): Promise<EightBaseDouble> {
  const pool = new UserPool();
  const users = new UsersTable();
  const requests: SeenRequest[] = [];
  const workspace = { pool, users, authProfileId: AUTH_PROFILE_ID, roleMayGetToken: true };
  const control = Object.assign(workspace, { statusOfErrors: 200 });
  const ada = pool.add('ada@example.test', PASSWORD);
  users.add({ email: ada.email, firstName: 'Ada', lastName: 'Lovelace' }, ada.sub, 'Editor');
  pool.add('grace@example.test', PASSWORD);
  pool.add('eve@example.test', PASSWORD, false);
  pool.add('mallory@example.test', PASSWORD).disabled = true;

  const yoga = createYoga<object, Sender>({
    graphqlEndpoint: `/${WORKSPACE_ID}`,
    logging: false,
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    schema: createSchema<Sender>({ typeDefs, resolvers: resolversOf(control) }),
    plugins: [errorsOf8base(() => control.statusOfErrors)],
    // Whoever carries a token is checked before anything is done, whatever it is.
    async context({ request, params }) {
      const authorization = request.headers.get('authorization');
      const operation = /\{\s*(\w+)/.exec(params.query?.replace(/\([^)]*\)/g, '') ?? '')?.[1] ?? '';
      requests.push({ operation, authorization });
      if ((request.headers.get('workspace') ?? WORKSPACE_ID) !== WORKSPACE_ID) {
        throw new EightBaseFailure('MissingHeaderError', 'Workspace not found.');
      }
      const token = authorization?.replace(/^Bearer /, '');
      return { sender: token === undefined ? undefined : await pool.emailIn(token) };
    },
  });

  const server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const { port: opened } = server.address() as AddressInfo;
  return Object.assign(control, {
    address: `http://127.0.0.1:${opened}`,
    requests,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Moves `code` and `details` from the extensions of an error to its top level. */
function errorsOf8base(status: () => number): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if (!('errors' in result)) return;
      const errors = result.errors.map(({ message, path, locations, extensions }) => ({
        message,
        path,
        locations,
        code: extensions['code'],
        details: extensions['details'],
        extensions: { http: { status: status() } },
      }));
      setResult({ ...result, errors: errors as unknown as GraphQLError[] });
    },
  };
}
