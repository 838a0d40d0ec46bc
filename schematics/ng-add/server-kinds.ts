import type { ServerKind } from './schema';

/** What the schematic knows of one kind of server. */
export interface ServerKindFacts {
  /** As in "the application talks to … as …". */
  readonly name: string;
  /** The function that makes the provider. */
  readonly factory: string;
  /** The entry point of the library that it comes from; `''` for the package itself. */
  readonly entry: string;
  /** What users sign in with: the member of the credentials that names them, or by going to the server. */
  readonly signIn: 'username' | 'userName' | 'email' | 'redirect';
  /** Whether the application is a client of the server, with an id. */
  readonly hasClients?: true;
  /** Whether it is one service for everybody, without a URL of its own. */
  readonly isService?: true;
  /** Whether a session ends with its token. */
  readonly isFixed?: true;
  /** Whether its answers hold a refresh token, which a vault could keep. */
  readonly hasVault?: true;
  /** Whether it has the sample API that the account page calls. */
  readonly hasSampleApi?: true;
}

const OPEN_ID = { entry: 'oidc', signIn: 'redirect', hasClients: true, hasVault: true } as const;

export const SERVER_KINDS: Readonly<Record<ServerKind, ServerKindFacts>> = {
  jwt: {
    name: 'a JWT server',
    factory: 'jwtServer',
    entry: '',
    signIn: 'username',
    hasVault: true,
    hasSampleApi: true,
  },
  averos: {
    name: 'an Averos auth provider',
    factory: 'averos',
    entry: 'averos',
    signIn: 'userName',
    hasSampleApi: true,
  },
  oidc: { name: 'an OpenID Connect server', factory: 'oidc', ...OPEN_ID },
  keycloak: { name: 'a Keycloak realm', factory: 'keycloak', ...OPEN_ID },
  auth0: { name: 'an Auth0 tenant', factory: 'auth0', ...OPEN_ID },
  'cognito-hosted': { name: "a Cognito pool's managed login", factory: 'cognitoHosted', ...OPEN_ID },
  'cookie-session': {
    name: 'the keeper of its session',
    factory: 'cookieSession',
    entry: 'oidc',
    signIn: 'redirect',
  },
  feathers: {
    name: 'a Feathers server',
    factory: 'feathers',
    entry: 'feathers',
    signIn: 'email',
    isFixed: true,
  },
  firebase: {
    name: 'Firebase',
    factory: 'firebase',
    entry: 'firebase',
    signIn: 'email',
    isService: true,
  },
  cognito: {
    name: 'a Cognito user pool',
    factory: 'cognito',
    entry: 'cognito',
    signIn: 'username',
    hasClients: true,
    isService: true,
    hasVault: true,
  },
  'space-cloud': {
    name: 'a Space Cloud gateway',
    factory: 'spaceCloud',
    entry: 'space-cloud',
    signIn: 'email',
    isFixed: true,
  },
  'eight-base': {
    name: 'an 8base workspace',
    factory: 'eightBase',
    entry: 'eight-base',
    signIn: 'email',
    isService: true,
    hasVault: true,
  },
};
