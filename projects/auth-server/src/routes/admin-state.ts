import type { Core } from '../core.js';
import { openIdSessions, type OpenIdSession } from '../oidc/openid-sessions.js';
import type { Session, Transport } from '../state.js';
import { publicUser } from '../users.js';

/** Everything worth seeing, without password hashes and without refresh or access tokens. */
export function describeState(core: Core): Readonly<Record<string, unknown>> {
  const { store, clock, settings } = core;
  const now = clock.now();
  return {
    version: core.version,
    url: core.url,
    contract: settings.contract,
    data: settings.data,
    now: new Date(now).toISOString(),
    clockOffset: clock.offset,
    settings: core.policy,
    users: [...store.users.values()].map(publicUser),
    sessions: [
      ...store.sessions.map(session => describeSession(session, now, username(core, session.userId))),
      ...openIdSessions(core.openid.storage).map(session =>
        describeSession(session, now, username(core, session.userId)),
      ),
    ],
    pendingTokens: store.pendingTokens
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ kind, userId, token, expiresAt }) => ({
        kind,
        username: username(core, userId),
        token,
        expiresAt: iso(expiresAt),
      })),
    counters: Object.fromEntries([...core.counters].sort()),
    faults: core.faults.waiting,
  };
}

type DescribedSession = Omit<OpenIdSession, 'transport'> & {
  readonly transport: Transport | OpenIdSession['transport'];
  readonly ended?: Session['ended'];
};

function describeSession(
  session: DescribedSession,
  now: number,
  name: string,
): Readonly<Record<string, unknown>> {
  const { id, userId, transport, generation, createdAt, lastUsedAt, expiresAt, ended } = session;
  return {
    id,
    userId,
    username: name,
    transport,
    generation,
    status: ended?.why ?? (expiresAt <= now ? 'expired' : 'open'),
    createdAt: iso(createdAt),
    lastUsedAt: iso(lastUsedAt),
    expiresAt: iso(expiresAt),
  };
}

function username(core: Core, id: string): string {
  return core.users.byId(id)?.username ?? '';
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
