import {
  type AuthProvider,
  type Callback,
  type Held,
  type JwtClaims,
  type Redirect,
  type SessionEngine,
  memoryStore,
  readJwt,
} from 'ngx-latchkey/core';
import { type KeycloakOptions, type OidcLogin, keycloak } from 'ngx-latchkey/oidc';
import { type NodeTab, nodeTab } from '../../harness/node-tab';
import { type KeycloakAdministration, keycloakAdministration } from './keycloak-administration';
import { APPLICATION, signInAtKeycloak } from './keycloak-pages';
import type { RunningKeycloak } from './start-keycloak';

export interface KeycloakTab extends NodeTab {
  readonly provider: AuthProvider<OidcLogin>;
  readonly callback: Callback;
}

/** What specs do with one realm. Its tabs are closed after each spec. */
export interface KeycloakWorld {
  readonly realm: string;
  /** The realm's endpoints, without a slash at the end. */
  protocol(): string;
  administration(): KeycloakAdministration;
  provider(options?: Partial<KeycloakOptions>): AuthProvider<OidcLogin>;
  tab(provider?: AuthProvider<OidcLogin>, store?: ReturnType<typeof memoryStore>): KeycloakTab;
  /** What a client without the library sends to an endpoint, from a page of the given origin. */
  post(path: string, form: Readonly<Record<string, string>>, origin?: string): Promise<Response>;
  /** Sends a refresh token as whoever found it would. */
  spend(
    secret: string | undefined,
  ): Promise<{ readonly status: number; readonly detail: string | undefined }>;
  /** The status at the UserInfo endpoint, for an API that asks Keycloak. */
  statusOf(token: string | undefined): Promise<number>;
}

export function keycloakWorld(running: () => RunningKeycloak, realm: string): KeycloakWorld {
  let tabs: NodeTab[] = [];
  afterEach(() => {
    for (const tab of tabs) tab.close();
    tabs = [];
  });

  const protocol = (): string => `${running().address}/realms/${realm}/protocol/openid-connect`;
  const provider: KeycloakWorld['provider'] = options =>
    keycloak({
      url: running().address,
      realm,
      clientId: 'web',
      redirectUri: APPLICATION,
      api: [running().address],
      ...options,
    });
  const post: KeycloakWorld['post'] = (path, form, origin = new URL(APPLICATION).origin) =>
    fetch(`${protocol()}/${path}`, {
      method: 'POST',
      headers: { Origin: origin },
      body: new URLSearchParams({ client_id: 'web', ...form }),
    });
  return {
    realm,
    protocol,
    provider,
    post,
    administration: () => keycloakAdministration(running(), realm),
    tab(given = provider(), store = memoryStore()) {
      const opened = nodeTab(given, store);
      tabs.push(opened);
      return { ...opened, provider: given, callback: callbackOf(given) };
    },
    async spend(secret = '') {
      const answer = await post('token', { grant_type: 'refresh_token', refresh_token: secret });
      const { error_description: detail } = (await answer.json()) as { readonly error_description?: string };
      return { status: answer.status, detail };
    },
    async statusOf(token = '') {
      const headers = { Authorization: `Bearer ${token}` };
      return (await fetch(`${protocol()}/userinfo`, { headers })).status;
    },
  };
}

export async function begin(engine: SessionEngine, login: OidcLogin = {}): Promise<Redirect> {
  const outcome = await engine.signIn(login);
  if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
  return outcome;
}

export async function complete(
  engine: SessionEngine,
  callback: Callback,
  url: URL,
  { transaction }: Redirect,
): Promise<void> {
  await engine.accept(await callback.complete(url, transaction, engine.http));
}

/** The whole of a sign-in, as Ada if nobody else is named; the URL that led back. */
export async function signIn(
  { engine, callback }: Pick<KeycloakTab, 'engine' | 'callback'>,
  ...walk: readonly [username?: string, browser?: Parameters<typeof signInAtKeycloak>[2]]
): Promise<URL> {
  const redirect = await begin(engine);
  const url = await signInAtKeycloak(redirect.redirect, ...walk);
  await complete(engine, callback, url, redirect);
  return url;
}

export function heldBy({ engine }: Pick<KeycloakTab, 'engine'>): Held {
  const held = engine.state().record?.held;
  if (held === undefined) throw new Error('Nobody is signed in.');
  return held;
}

/** Keycloak's name of the session. */
export function sessionIdOf(held: Held): string {
  return String(claimsOf(held)['sid']);
}

export function claimsOf({ token }: Held): JwtClaims {
  return readJwt(token) ?? {};
}

export function callbackOf({ signIn: { callback } }: AuthProvider<OidcLogin>): Callback {
  if (callback === undefined) throw new Error('There is no callback.');
  return callback;
}
