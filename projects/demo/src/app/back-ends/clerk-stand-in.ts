import type { ClerkInstance, ClerkSession, ClerkState, ClerkUser } from 'ngx-latchkey/clerk';
import { type VendorMemory, unsignedJwt, vendorMemory } from './vendor-memory';

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

export const clerkMemory: VendorMemory = vendorMemory('Clerk');

/** In place of a `Clerk` instance: the members that the adapter uses. */
export function clerkStandIn(): ClerkInstance {
  const session = sessionOf(ADA);
  const state = (): ClerkState =>
    clerkMemory.isSignedIn()
      ? { session, user: ADA, organization: ACME }
      : { session: null, user: null, organization: null };
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
      listener(state());
      return clerkMemory.listen(() => listener(state()));
    },
    setActive: () => Promise.resolve(),
    async signOut(callback) {
      callback();
      clerkMemory.signOut();
    },
  };
}

/** Hands out one token until it has run out. */
function sessionOf({ id }: ClerkUser): ClerkSession {
  let cached: { readonly token: string; readonly until: number } | undefined;
  return {
    async getToken({ skipCache = false } = {}) {
      if (cached === undefined || cached.until <= Date.now() || skipCache) {
        const token = unsignedJwt({ sub: id, org_id: ACME.id }, LIFE);
        cached = { token, until: Date.now() + LIFE * 1000 };
      }
      return cached.token;
    },
  };
}
