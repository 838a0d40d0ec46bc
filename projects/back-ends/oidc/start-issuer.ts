import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, createClock } from '../../auth-server/src/clock.js';
import { OpenIdStorage } from '../../auth-server/src/oidc/openid-storage.js';
import { loadProvider } from '../../auth-server/src/oidc/load-provider.js';
import { signingKey } from '../../auth-server/src/oidc/signing-key.js';
import { APPLICATION } from './application-url';
import { AUTH0_SHAPE } from './issuers/auth0-shape';
import { COGNITO_SHAPE } from './issuers/cognito-shape';
import { GENERIC_SHAPE } from './issuers/generic-shape';
import type { IssuerSettings, IssuerShape, IssuerUser } from './issuers/issuer-shape';
import { KEYCLOAK_SHAPE } from './issuers/keycloak-shape';
import { grantTypeOf } from './issuers/middleware-parts';
import { loginPages } from './issuers/login-pages';
import { issuerConfiguration } from './issuers/issuer-configuration';
import { askForSecondFactor } from './issuers/second-factor';

export const CLIENT_ID = 'latchkey-web';

export type ShapeName = 'generic' | 'keycloak' | 'auth0' | 'cognito';

export const SHAPES: Readonly<Record<ShapeName, IssuerShape>> = {
  generic: GENERIC_SHAPE,
  keycloak: KEYCLOAK_SHAPE,
  auth0: AUTH0_SHAPE,
  cognito: COGNITO_SHAPE,
};

/** One request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Of a token request. */
  readonly grantType: string | undefined;
  readonly status: number;
}

/** `oidc-provider` in the shape of a vendor's server, and what a test may do to it. */
export interface Issuer {
  /** Where it is, without a path. */
  readonly address: string;
  /** The issuer identifier. */
  readonly issuer: string;
  /** Where an access token opens the door: its own UserInfo endpoint. */
  readonly api: string;
  /** Where its public keys are. */
  readonly keys: string;
  readonly settings: IssuerSettings;
  /** Its `offset` lets tokens run out. */
  readonly clock: Clock;
  readonly users: Map<string, IssuerUser>;
  readonly requests: readonly SeenRequest[];
  /** Ends all logins, tokens and browser sessions included. */
  endAll(): void;
  close(): Promise<void>;
}

/**
 * Starts an issuer; `ada` is an administrator and may edit the shop, `grace` is nobody in particular.
 *
 * @param application the only URL that users may come back to
 */
export async function startIssuer(name: ShapeName, application = APPLICATION): Promise<Issuer> {
  const shape = SHAPES[name];
  const settings: IssuerSettings = { accessTokenLifetime: 300, refreshTokenLifetime: 1800, strict: true };
  const users = new Map<string, IssuerUser>();
  for (const [username, full, roles] of [
    ['ada', 'Ada Lovelace', ['admin', 'shop:edit']],
    ['grace', 'Grace Hopper', []],
  ] as const) {
    users.set(username, { username, name: full, email: `${username}@example.test`, roles });
  }
  const requests: SeenRequest[] = [];
  const clock = createClock(Date.now);
  const storage = new OpenIdStorage(clock, () => ({
    ...settings,
    rotation: settings.strict ? 'strict' : 'grace',
    overlap: settings.refreshTokenLifetime,
    dpopNonce: 'none' as never,
  }));

  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const library = await loadProvider();
  const key = await signingKey();
  const mayReturn = (url: string): boolean => url === application;
  const prompts = library.interactionPolicy.base();
  askForSecondFactor(library, prompts, shape.strong);
  prompts.add(new library.interactionPolicy.Prompt({ name: 'create', requestable: true }), 0);
  const clientId = CLIENT_ID;
  const configuration = issuerConfiguration({ shape, settings, users, storage, key, clientId, prompts });
  const provider = new library.Provider(address + shape.issuerPath, configuration);
  provider.Client.prototype.redirectUriAllowed = mayReturn;
  provider.Client.prototype.postLogoutRedirectUriAllowed = mayReturn;
  provider.on('server_error', (_ctx, error) => {
    console.error(error);
  });
  provider.use(async (ctx, next) => {
    const { method, path } = ctx;
    await next();
    requests.push({ method, path, grantType: grantTypeOf(ctx), status: ctx.status });
  });
  provider.use(loginPages(provider, users, shape.strong));
  provider.use(shape.middleware({ provider, storage, settings, mayReturn }));

  const handle = provider.callback();
  const mount = shape.issuerPath.replace(/\/$/, '');
  server.on('request', (request, response) => {
    // `oidc-provider` finds its mount path by comparing the two.
    const originalUrl = request.url ?? '';
    if (mount !== '' && originalUrl.startsWith(`${mount}/`)) request.url = originalUrl.slice(mount.length);
    void handle(Object.assign<IncomingMessage, object>(request, { originalUrl }), response);
  });

  return {
    address,
    issuer: provider.issuer,
    api: address + mount + (shape.routes.userinfo ?? '/me'),
    keys: address + mount + (shape.routes.jwks ?? '/jwks'),
    settings,
    clock,
    users,
    requests,
    endAll: () => storage.clear(),
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
