import {
  type AuthProvider,
  type Grant,
  type Held,
  authError,
  isJsonObject,
  memberAt,
} from 'ngx-latchkey/core';

/** One of the providers that a sign-in offers. */
export interface Choice {
  readonly name: string;
  readonly provider: AuthProvider;
}

/** Stands for a secret that is in a cookie, so that the session is known as one that can be renewed. */
const BY_COOKIE = 'by cookie';

/** The provider that a session is of. */
export function chosen(choices: readonly Choice[], { memory }: Held): Choice {
  const name = memberAt(memory, 'provider');
  const choice = choices.find(one => one.name === name);
  // A session of a provider that the application does not offer any more.
  if (choice === undefined) throw authError('refused', 'session-refused');
  return choice;
}

/** What a provider hands out, with its name on it. */
export function marked({ name, provider: { session } }: Choice, grant: Grant, held?: Held): Grant {
  const { user, memory = held && unmarked(held).memory } = grant;
  const byCookie = session.kind === 'renewable' && session.secret === 'cookie';
  return {
    ...grant,
    ...(byCookie && { secret: BY_COOKIE }),
    ...(user && { user: { ...user, id: `${name}:${user.id}` } }),
    memory: { provider: name, memory: memory ?? null },
  };
}

/** What is held, as the provider knows it. */
export function unmarked(held: Held): Held {
  const { user, secret, memory } = held;
  const mine = isJsonObject(memory) ? memory['memory'] : undefined;
  return {
    token: held.token,
    ...(secret !== undefined && secret !== BY_COOKIE && { secret }),
    ...(user && { user: { ...user, id: user.id.replace(/^[^:]*:/, '') } }),
    // It was stored as what the provider gave.
    ...(mine !== null && mine !== undefined && { memory: mine }),
  };
}
