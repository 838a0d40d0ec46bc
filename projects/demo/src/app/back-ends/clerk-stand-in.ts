import type { ClerkInstance, ClerkSession, ClerkState, ClerkUser } from 'ngx-latchkey/clerk';

/** Where the stand-in remembers that its user is signed in; the real one has a cookie for it. */
const MEMORY = 'demo clerk user';
/** Seconds that its tokens live, as Clerk's do. */
const LIFE = 60;

const ACME = { id: 'org_acme', name: 'Acme', slug: 'acme' };
const ADA: ClerkUser = {
  id: 'user_ada',
  fullName: 'Ada Lovelace',
  username: 'ada',
  imageUrl: '',
  primaryEmailAddress: { emailAddress: 'ada@example.test' },
  publicMetadata: { roles: ['editor'] },
  organizationMemberships: [{ organization: ACME, role: 'org:admin', permissions: ['org:invoices:create'] }],
};

/** In place of a `Clerk` instance: the members that the adapter uses, and a screen of its own to sign in on. */
export interface ClerkStandIn extends ClerkInstance {
  /** Signs in, as Clerk's own screen does in the end. `false` if the password is wrong. */
  signIn(username: string, password: string): boolean;
}

let standIn: ClerkStandIn | undefined;

export function clerkStandIn(): ClerkStandIn {
  standIn ??= newStandIn();
  return standIn;
}

function newStandIn(): ClerkStandIn {
  const listeners = new Set<(state: ClerkState) => void>();
  const state = (): ClerkState =>
    localStorage.getItem(MEMORY) === null
      ? { session: null, user: null, organization: null }
      : { session, user: ADA, organization: ACME };
  const remember = (user: string | null): void => {
    if (user === null) localStorage.removeItem(MEMORY);
    else localStorage.setItem(MEMORY, user);
    for (const listener of listeners) listener(state());
  };
  // Tabs share the session, as by Clerk's cookie.
  addEventListener('storage', ({ key }) => {
    if (key === MEMORY) for (const listener of listeners) listener(state());
  });
  return {
    frontendApi: 'clerk.example.test',
    get session() {
      return state().session;
    },
    get user() {
      return state().user;
    },
    get organization() {
      return state().organization;
    },
    addListener(listener) {
      listeners.add(listener);
      listener(state());
      return () => listeners.delete(listener);
    },
    setActive: () => Promise.resolve(),
    async signOut(callback) {
      callback();
      remember(null);
    },
    signIn(username, password) {
      const right = username === 'ada' && password === 'latchkey-ada';
      if (right) remember(ADA.id);
      return right;
    },
  };
}

let cached: { readonly token: string; readonly exp: number } | undefined;

const session: ClerkSession = {
  async getToken({ skipCache = false } = {}) {
    const now = Date.now() / 1000;
    if (cached === undefined || cached.exp <= now || skipCache) {
      const iat = Math.floor(now);
      const claims = { sub: ADA.id, org_id: ACME.id, iat, exp: iat + LIFE, jti: crypto.randomUUID() };
      cached = { token: `${part({ alg: 'none' })}.${part(claims)}.`, exp: claims.exp };
    }
    return cached.token;
  },
};

function part(data: object): string {
  return btoa(JSON.stringify(data)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
