import { memberAt } from 'ngx-latchkey/core';
import { createAuthServer } from '../../auth-server/src/index';
import { SEED_USERS } from '../../auth-server/src/settings';

/** The dev auth server with the contract of Averos, below its root. */
export interface AverosServer {
  readonly address: string;
  /** Calls an admin endpoint: `POST` with a body, `GET` without one. */
  admin(path: string, body?: object): Promise<unknown>;
  /** The token that waits to be sent to a user by e-mail. */
  waitingToken(userName: string): Promise<string>;
  /** How many requests a path has had. */
  count(path: string): Promise<number>;
  close(): Promise<void>;
}

export async function startAverosServer(): Promise<AverosServer> {
  const server = await createAuthServer({
    port: 0,
    contract: 'averos',
    users: [...SEED_USERS, { username: 'eve', password: 'latchkey-eve', locked: true }],
    passwordHashing: { memoryCost: 256, timeCost: 1, parallelism: 1 },
  });
  const admin: AverosServer['admin'] = async (path, body) => {
    const answer = await fetch(`${server.url}/admin/${path}`, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/admin/${path} answered ${answer.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  let closed: Promise<void> | undefined;
  return {
    address: server.url,
    admin,
    async waitingToken(userName) {
      const waiting = listAt(await admin('state'), 'pendingTokens');
      return String(
        memberAt(
          waiting.find(token => memberAt(token, 'username') === userName),
          'token',
        ),
      );
    },
    async count(path) {
      const requests = listAt(await admin('requests'), 'requests');
      return requests.filter(request => memberAt(request, 'path') === path).length;
    },
    close: () => (closed ??= server.close()),
  };
}

function listAt(value: unknown, path: string): readonly unknown[] {
  const list = memberAt(value, path);
  return Array.isArray(list) ? list : [];
}
