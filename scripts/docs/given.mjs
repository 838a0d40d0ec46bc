/** What a sample takes for granted: names that its reader has, and their types. */
export const GIVEN = {
  auth: "import('ngx-latchkey').AuthService",
  ...of('string', ['url', 'username', 'password']),
  // Functions of others.
  ...of('any', ['io', 'getAuth', 'initializeApp', 'createClient', 'report', 'SubscriptionClient']),
  ...of('any', ['Clerk', 'HttpLink', 'setContext', 'it']),
};

function of(type, names) {
  return Object.fromEntries(names.map(name => [name, type]));
}
