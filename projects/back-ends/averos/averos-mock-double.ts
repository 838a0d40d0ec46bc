import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A user as the mock writes it down: with the password, and with a token that is the same for ever. */
type MockUser = Record<string, unknown>;

/** The mock server that is published with Averos, as it behaved when it was run: it protects nothing, and half of it are stubs. */
export interface AverosMock {
  readonly address: string;
  readonly users: readonly MockUser[];
  /** `POST /auth/login`, … in the order of their coming. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startAverosMock(): Promise<AverosMock> {
  const users: MockUser[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push(`${request.method ?? ''} ${url.split('?', 1)[0] ?? ''}`);
    void bodyOf(request).then(body => answer(`${request.method ?? ''} ${url}`, body, users, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  let closed: Promise<void> | undefined;
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users,
    requests,
    close: () =>
      (closed ??= new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}

function answer(asked: string, body: MockUser, users: MockUser[], response: ServerResponse): void {
  const json = (status: number, value: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(value));
  };
  const text = (status: number, sentence: string): void => {
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`${sentence}\n`);
  };
  const known = (member: string, value: unknown): MockUser | undefined =>
    users.find(user => user[member] === value);
  const lookup = (member: string, prefix: string): void =>
    json(200, { exists: known(member, decodeURIComponent(asked.slice(prefix.length))) !== undefined });

  if (asked === 'POST /auth/register') {
    const _id = randomBytes(12).toString('hex');
    const token = randomBytes(33).toString('base64url');
    const facts = { isEmailVerified: true, accountVerified: true, isAccountLocked: false };
    const user = { ...body, id: users.length + 1, _id, token, ...facts };
    users.push(user);
    json(201, user);
  } else if (asked === 'POST /auth/login') {
    // The address is looked for among the names.
    const by = body['userName'] === undefined ? 'email' : 'userName';
    const user = known('userName', body[by]);
    if (user === undefined) text(401, `No registered user found with the given ${by}!`);
    else if (user['password'] !== body['password']) text(401, 'Wrong Password!');
    else json(200, { auth_token: authToken(user) });
  } else if (asked === 'POST /auth/rt/') text(461, 'Wrong Password!');
  else if (asked === 'POST /auth/logout') json(200, { err: 'You signed out!' });
  else if (asked === 'POST /auth/rrp') text(461, 'This feature is not implemented!');
  else if (asked === 'POST /auth/vaccount') return;
  else if (asked.startsWith('GET /auth/users/email/')) lookup('email', 'GET /auth/users/email/');
  else if (asked.startsWith('GET /auth/users/')) lookup('userName', 'GET /auth/users/');
  else if (asked.startsWith('GET /uapi/users/?filter=')) {
    const filter = JSON.parse(decodeURIComponent(asked.split('filter=')[1] ?? '')) as {
      userName: { $eq: string };
    };
    json(200, { returnedEntities: users.filter(user => user['userName'] === filter.userName.$eq) });
  } else json(404, {});
}

/** What the user has not is left out, as JSON does with `undefined`. */
function authToken(user: MockUser): MockUser {
  const { _id, token, userName, email, firstName, isEmailVerified, accountVerified, isAccountLocked } = user;
  return { _id, token, userName, email, firstName, isEmailVerified, accountVerified, isAccountLocked };
}

async function bodyOf(request: IncomingMessage): Promise<MockUser> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as MockUser);
}
