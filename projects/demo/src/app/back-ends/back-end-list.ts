import { SEEDED_USERS } from '../server/seeded-users';
import type { BackEnd, BackEndField, BackEndName } from './back-end';

/** Everything that the demo can be switched to; the first is what it begins with. */
export const BACK_ENDS: readonly BackEnd[] = [
  {
    name: 'jwt-server',
    title: 'JWT server',
    summary: 'Your own server with a login, a refresh and a logout endpoint. Here it is the dev auth server.',
    code: "jwtServer({ url: 'http://localhost:3333' })",
    start: 'npm start',
    fields: [localUrl('http://localhost:3333', 'server')],
    signIn: { by: 'password', label: 'User name or e-mail address', member: 'username' },
    renews: true,
    users: SEEDED_USERS,
    api: ({ server = '' }) => ({ method: 'GET', url: `${server}/api/profile` }),
  },
  {
    name: 'oidc',
    title: 'OpenID Connect',
    summary: 'Any OpenID provider, by redirect or in a window of its own: authorization code with PKCE.',
    code: "oidc({ issuer: 'https://login.example.com', clientId: 'web' })",
    start: 'npm start',
    fields: [
      { name: 'issuer', label: 'Issuer', kind: 'issuer', usual: 'http://localhost:3333/oidc' },
      { name: 'client_id', label: 'Client id', kind: 'text', usual: 'latchkey-demo' },
      { name: 'scopes', label: 'Scopes', kind: 'text', usual: 'openid profile email offline_access' },
    ],
    signIn: { by: 'redirect' },
    renews: true,
    users: SEEDED_USERS,
    api({ issuer = '' }) {
      const api = devServerApi(issuer);
      return api === null ? null : { method: 'GET', url: `${api}/profile` };
    },
  },
  {
    name: 'averos',
    title: 'Averos',
    summary:
      'Opaque tokens, renewed with a cookie that script cannot read. The dev auth server speaks it too.',
    code: "averos({ url: 'https://auth.example.com' })",
    start: 'npm start',
    fields: [localUrl('http://localhost:3333/averos')],
    signIn: { by: 'password', label: 'User name or e-mail address', member: 'userName' },
    renews: true,
    users: SEEDED_USERS,
    api: ({ url = '' }) => ({ method: 'GET', url: `${new URL(url).origin}/api/profile` }),
  },
  {
    name: 'feathers',
    title: 'Feathers',
    summary:
      'A real Feathers 5 application with the strategies local and OAuth. Its tokens cannot be renewed.',
    code: "feathers({ url: 'https://api.example.com' })",
    start: 'npm start -- --with feathers',
    fields: [localUrl('http://127.0.0.1:3030')],
    signIn: { by: 'password', label: 'E-mail address', member: 'email' },
    instead: { label: 'By the OpenID server that Feathers knows', input: { oauth: 'openid' } },
    renews: false,
    users: [
      { username: 'ada@x.io', password: 'secret', name: 'Ada', shows: 'admin' },
      { username: 'bob@x.io', password: 'secret', name: 'Bob', shows: 'no roles' },
      { username: 'locked@x.io', password: 'secret', name: 'Locked', shows: 'may not sign in' },
    ],
    api: ({ url = '' }) => ({ method: 'GET', url: `${url}/users` }),
  },
  {
    name: 'space-cloud',
    title: 'Space Cloud',
    summary: 'The user management of a gateway: half an hour for each token, and no renewal.',
    code: "spaceCloud({ url: 'https://gateway.example.com', project: 'shop', database: 'mongo' })",
    start: 'npm start -- --with space-cloud',
    fields: [localUrl('http://127.0.0.1:4122')],
    signIn: { by: 'password', label: 'E-mail address', member: 'email' },
    renews: false,
    users: [{ username: 'ada@example.test', password: 'secret', name: 'Ada', shows: 'editor' }],
    api: ({ url = '' }) => ({
      method: 'POST',
      url: `${url}/v1/api/shop/crud/mongo/users/read`,
      body: { op: 'all', find: {} },
    }),
  },
  {
    name: 'eight-base',
    title: '8base',
    summary: 'GraphQL for everything, ID tokens as bearer, and a row in the Users table for who is new.',
    code: "eightBase({ workspaceId: 'ck…', authProfileId: 'ck…' })",
    start: 'npm start -- --with eight-base',
    fields: [localUrl('http://127.0.0.1:8088')],
    signIn: { by: 'password', label: 'E-mail address', member: 'email' },
    renews: true,
    users: [
      { username: 'ada@example.test', password: 'correct horse', name: 'Ada', shows: 'an editor' },
      {
        username: 'grace@example.test',
        password: 'correct horse',
        name: 'Grace',
        shows: 'here for the first time',
      },
      {
        username: 'eve@example.test',
        password: 'correct horse',
        name: 'Eve',
        shows: 'address not confirmed',
      },
    ],
    api: ({ url = '' }) => ({
      method: 'POST',
      url: `${url}/ckworkspace0001`,
      body: { query: '{ user { email firstName lastName } }' },
    }),
  },
  {
    name: 'firebase',
    title: 'Firebase',
    summary:
      'Firebase Authentication by its REST API, without the SDK; anonymous users too. Works with the Auth emulator.',
    code: "firebase({ apiKey: 'AIza…', projectId: 'my-shop' })",
    start: 'npm start -- --with firebase',
    fields: [localUrl('http://127.0.0.1:9099')],
    signIn: { by: 'password', label: 'E-mail address', member: 'email' },
    instead: { label: 'Go on without an account', input: { anonymous: true } },
    renews: true,
    users: [
      { username: 'ada@example.test', password: 'latchkey-ada', name: 'Ada Lovelace', shows: 'admin' },
      { username: 'grace@example.test', password: 'latchkey-grace', name: 'Grace Hopper', shows: 'no roles' },
    ],
  },
  {
    name: 'cognito',
    title: 'Cognito',
    summary:
      'A user pool, signed in to by SRP: the password never leaves the page. Challenges are asked here.',
    code: "cognito({ region, userPoolId, clientId, srp: srp(() => import('cognito-srp-helper')) })",
    start: 'npm start -- --with cognito',
    fields: [localUrl('http://127.0.0.1:9229')],
    signIn: { by: 'password', label: 'User name', member: 'username' },
    renews: true,
    users: [
      { username: 'ada', password: 'Correct-horse-1', name: 'Ada Lovelace', shows: 'in two groups' },
      { username: 'nora', password: 'Correct-horse-1', name: 'Nora', shows: 'needs a new password' },
      { username: 'tom', password: 'Correct-horse-1', name: 'Tom', shows: 'is asked for the code 123456' },
    ],
  },
  {
    name: 'clerk',
    title: 'Clerk',
    summary:
      'The session that Clerk’s own SDK keeps. Here a stand-in takes the place of the SDK, with its own screen.',
    code: 'clerk(new Clerk(publishableKey))',
    start: null,
    fields: [],
    signIn: { by: 'vendor', vendor: 'Clerk' },
    renews: true,
    users: [],
  },
  {
    name: 'firebase-sdk',
    title: 'Firebase SDK',
    summary: 'For an application that has the Firebase SDK already. Here a stand-in takes its place.',
    code: 'fromFirebaseAuth(getAuth(app))',
    start: null,
    fields: [],
    signIn: { by: 'vendor', vendor: 'Firebase' },
    renews: true,
    users: [],
  },
];

export function backEndOf(name: BackEndName): BackEnd {
  const found = BACK_ENDS.find(backEnd => backEnd.name === name);
  if (found === undefined) throw new Error(`There is no back end ${name}.`);
  return found;
}

/** The APIs of the dev auth server, if the issuer is one of it: they take its tokens. Of others nobody knows. */
export function devServerApi(issuer: string): string | null {
  return (
    /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)\/oidc$/.exec(issuer)?.[1]?.concat('/api') ?? null
  );
}

function localUrl(usual: string, name = 'url'): BackEndField {
  return { name, label: 'Address', kind: 'local-url', usual };
}
