import { Access } from './access.js';
import { BffSessions } from './bff/bff-sessions.js';
import { createClock } from './clock.js';
import type { Core } from './core.js';
import { openDataFile } from './data-file.js';
import { Faults } from './faults.js';
import { OpenIdIssuer } from './oidc/openid-issuer.js';
import { OpenIdStorage } from './oidc/openid-storage.js';
import { randomToken } from './opaque-token.js';
import { createPasswords } from './passwords.js';
import { RequestLog } from './request-log.js';
import { Sessions } from './sessions.js';
import type { Settings, TokenPolicy } from './settings.js';
import { Store } from './store.js';
import { Tokens } from './tokens.js';
import { seedUsers, Users } from './users.js';
import { packageVersion } from './version.js';

/** Puts the server's parts together, with the state of the data file or a fresh one. */
export async function createCore(settings: Settings, now: () => number, closing: AbortSignal): Promise<Core> {
  const passwords = createPasswords(settings.passwordHashing);
  let seeded: ReturnType<typeof seedUsers> | undefined;
  const seeds = (): ReturnType<typeof seedUsers> => (seeded ??= seedUsers(settings.users, passwords));

  const file = settings.data === '' || settings.data === 'memory' ? undefined : openDataFile(settings.data);
  const kept = await file?.read();
  const fresh = { sessions: [], pendingTokens: [], notes: [] };
  const state = kept ?? {
    signingSecret: { id: 'generated', secret: randomToken() },
    successorKey: randomToken(),
    users: await seeds(),
    ...fresh,
  };
  const store = new Store(state, file);
  if (kept === undefined) await store.save();

  const clock = createClock(now);
  const configured = settings.signing.secrets;
  const tokens = new Tokens(configured.length > 0 ? configured : [store.signingSecret], settings.issuer);
  const policy = (): TokenPolicy => core.policy;
  const core: Core = {
    version: packageVersion(),
    settings,
    store,
    clock,
    users: new Users(store, passwords, clock),
    sessions: new Sessions(store, clock, policy),
    access: new Access(store, tokens, clock, settings.issuer, policy),
    openid: new OpenIdIssuer(() => core, new OpenIdStorage(clock, policy)),
    bff: new BffSessions(() => core),
    faults: new Faults(),
    log: new RequestLog(),
    counters: new Map(),
    closing,
    policy: policyOf(settings),
    url: '',
    async reset() {
      store.replace({ ...fresh, users: await seeds() });
      core.openid.storage.clear();
      core.faults.clear();
      core.log.clear();
      core.counters.clear();
      clock.offset = 0;
      core.policy = policyOf(settings);
      await store.save();
    },
  };
  return core;
}

function policyOf(settings: Settings): TokenPolicy {
  const { accessTokenLifetime, refreshTokenLifetime, rotation, overlap, dpopNonce } = settings;
  return { accessTokenLifetime, refreshTokenLifetime, rotation, overlap, dpopNonce };
}
