// What every back end is tried for, and by which specs: the names of the specs are the source, docs/back-ends.md is made from them.

/** `matches` looks at the words of a spec, `groups` at those of the group that it is in. */
export const CAPABILITIES = [
  {
    title: 'sign-in',
    matches: /\bsigns? (up and |up, confirms and )?in\b(?! over)|leads to the server and back/,
  },
  {
    title: 'wrong password',
    matches: /wrong (password|user)|lets nobody in|Given credentials|denied|access.denied|did not want to/,
  },
  {
    title: 'locked or unverified',
    matches: /\blocked|not confirmed|unverified|not verified|disabled account/,
  },
  { title: 'renewal', matches: /\brenew/ },
  { title: 'burst of calls', matches: /burst/ },
  { title: 'logout, server down', matches: /logs out .*(down|gone)|a logout that it could not hear/ },
  { title: 'reload', matches: /reload/ },
  {
    title: 'user and profile',
    matches:
      /profile|who the user is|knows the user|the user and|user of|who it is|asks? for the user|roles|tells of users|tells the user/,
  },
  { title: 'sign-up', matches: /\bsign(s|ed)? up|account is made|registers?\b/ },
  {
    title: 'its errors',
    matches:
      /errors?|failures|reads .* as|ends the session|ends when|\bsays .* to\b|settings that are wrong|for no end/,
    groups: /errors|failures|statuses|an answer to a/,
  },
];

const ELSEWHERE = 'on its own pages';

export const BACK_ENDS = [
  {
    name: 'REST with JWT',
    guide: 'jwt-server.md',
    begins: ['jwtServer()'],
    against: 'the dev auth server',
    documented: '',
  },
  {
    name: 'Averos',
    guide: 'back-ends/averos.md',
    begins: ['averos()'],
    against: 'the dev auth server with the Averos contract; a double of the published mock',
    documented: 'the hosted provider: its cookie and lifetimes are inferred from its client',
  },
  {
    name: 'Feathers',
    guide: 'back-ends/feathers.md',
    begins: ['feathers'],
    against: 'a real Feathers 5 server (koa, socket.io, local, OAuth by a local OpenID server)',
    documented: 'linking accounts',
  },
  {
    name: 'Space Cloud',
    guide: 'back-ends/space-cloud.md',
    begins: ['space-cloud'],
    against: 'a double of the gateway',
    documented: 'the gateway itself',
    instead: {
      renewal: 'none',
      'locked or unverified': 'not known to it',
    },
  },
  {
    name: '8base',
    guide: 'back-ends/eight-base.md',
    begins: ['eightBase'],
    against: 'a GraphQL Yoga double',
    documented: 'the hosted service; subscriptions',
  },
  {
    name: 'Firebase',
    guide: 'back-ends/firebase.md',
    begins: ['firebase'],
    against: 'a double; a double of the SDK for `fromFirebaseAuth`',
    heavy: 'the Firebase Auth emulator',
    documented: 'multi-factor, phone, tenants',
  },
  {
    name: 'Cognito',
    guide: 'back-ends/cognito.md',
    begins: ['cognito()'],
    against: 'a double with SRP, challenges and rotation',
    heavy: 'cognito-local',
    documented: 'setting up a second factor, remembered devices, custom challenges',
  },
  {
    name: 'Clerk',
    guide: 'back-ends/clerk.md',
    begins: ['clerk()'],
    against: 'a double of its SDK',
    documented: 'the hosted service',
    instead: {
      'sign-in': ELSEWHERE,
      'wrong password': ELSEWHERE,
      'locked or unverified': ELSEWHERE,
      'sign-up': ELSEWHERE,
      'burst of calls': 'by its SDK',
      reload: 'by its SDK',
      renewal: 'by its SDK',
      'logout, server down': 'by its SDK',
    },
  },
  {
    name: 'OpenID Connect',
    guide: 'openid-connect.md',
    begins: ['oidc()'],
    against: "oidc-provider; the dev auth server's issuer; a hostile issuer",
    documented: '',
    instead: { 'locked or unverified': ELSEWHERE },
  },
  {
    name: 'Keycloak',
    guide: 'back-ends/keycloak.md',
    begins: ['keycloak()'],
    against: 'oidc-provider in its shape',
    heavy: 'Keycloak 26',
    documented: '',
    instead: { 'wrong password': ELSEWHERE, 'locked or unverified': ELSEWHERE },
  },
  {
    name: 'Auth0',
    guide: 'openid-connect.md#presets',
    begins: ['auth0()'],
    against: 'oidc-provider in its shape',
    documented: 'the hosted service',
    instead: { 'wrong password': ELSEWHERE, 'locked or unverified': ELSEWHERE },
  },
  {
    name: 'Cognito, managed login',
    guide: 'openid-connect.md#presets',
    begins: ['cognitoHosted()'],
    against: 'oidc-provider in its shape',
    documented: 'the hosted service',
    instead: { 'wrong password': ELSEWHERE, 'locked or unverified': ELSEWHERE },
  },
  {
    name: 'Cookie session',
    guide: 'openid-connect.md#a-session-without-any-token-in-the-page',
    begins: ['cookieSession()', 'F87: cookieSession()'],
    against: "the dev auth server's `/bff`; a double",
    documented: '',
    instead: {
      'wrong password': ELSEWHERE,
      'locked or unverified': ELSEWHERE,
      'sign-up': ELSEWHERE,
      renewal: 'by the server',
      'burst of calls': 'by the server',
    },
  },
];
