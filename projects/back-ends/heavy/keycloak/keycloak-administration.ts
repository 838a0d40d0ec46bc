import type { RunningKeycloak } from './start-keycloak';

/** What Keycloak has written down of a session. */
export interface KeycloakEvent {
  readonly type: string;
  readonly sessionId?: string;
}

/** What an administrator does by Keycloak's own API. */
export interface KeycloakAdministration {
  /** Changes settings of the realm. */
  change(settings: Readonly<Record<string, unknown>>): Promise<void>;
  changeUser(username: string, settings: Readonly<Record<string, unknown>>): Promise<void>;
  changeClient(clientId: string, settings: Readonly<Record<string, unknown>>): Promise<void>;
  endSession(id: string): Promise<void>;
  /** The events of a session, by their types. */
  eventsOf(sessionId: string): Promise<readonly string[]>;
}

export function keycloakAdministration(
  { address, administrator }: RunningKeycloak,
  realm: string,
): KeycloakAdministration {
  const base = `${address}/admin/realms/${realm}`;

  async function ask(method: string, path: string, json?: object): Promise<unknown> {
    const answer = await fetch(base + path, {
      method,
      headers: { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' },
      ...(json && { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async function token(): Promise<string> {
    const form = { grant_type: 'password', client_id: 'admin-cli', ...administrator };
    const answer = await fetch(`${address}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return ((await answer.json()) as { readonly access_token: string }).access_token;
  }

  return {
    async change(settings) {
      await ask('PUT', '', settings);
    },
    async changeUser(username, settings) {
      const [user] = (await ask('GET', `/users?exact=true&username=${username}`)) as readonly {
        readonly id: string;
      }[];
      if (user === undefined) throw new Error(`There is no user ${username}.`);
      await ask('PUT', `/users/${user.id}`, { ...user, ...settings });
    },
    async changeClient(clientId, settings) {
      const [client] = (await ask('GET', `/clients?clientId=${clientId}`)) as readonly {
        readonly id: string;
      }[];
      if (client === undefined) throw new Error(`There is no client ${clientId}.`);
      await ask('PUT', `/clients/${client.id}`, { ...client, ...settings });
    },
    async endSession(id) {
      await ask('DELETE', `/sessions/${id}`);
    },
    async eventsOf(sessionId) {
      const events = (await ask('GET', '/events?max=1000')) as readonly KeycloakEvent[];
      return events.filter(event => event.sessionId === sessionId).map(({ type }) => type);
    },
  };
}
