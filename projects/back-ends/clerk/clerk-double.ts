import type { ClerkInstance, ClerkMembership, ClerkSession, ClerkState, ClerkUser } from 'ngx-latchkey/clerk';

/** Seconds that Clerk's tokens live. */
const LIFE = 60;

/** A session that makes a token a minute, and keeps it for whoever asks meanwhile. */
export class ClerkSessionDouble implements ClerkSession {
  readonly asked: ({ readonly template?: string; readonly skipCache?: boolean } | undefined)[] = [];
  /** The code of the error that asking for a token comes to. */
  trouble: string | null = null;
  /** Resolves the tokens that are asked for from now on; at once by default. */
  arrival: Promise<void> = Promise.resolve();
  private cached: { readonly token: string; readonly exp: number } | null = null;
  private made = 0;

  async getToken(options?: {
    readonly template?: string;
    readonly skipCache?: boolean;
  }): Promise<string | null> {
    this.asked.push(options);
    const arrival = this.arrival;
    await arrival;
    if (this.trouble !== null) throw Object.assign(new Error('Clerk failed'), { code: this.trouble });
    const now = Date.now() / 1000;
    if (this.cached === null || this.cached.exp <= now || options?.skipCache === true) {
      this.made += 1;
      this.cached = { token: this.tokenAt(now, options?.template), exp: now + LIFE };
    }
    return this.cached.token;
  }

  private tokenAt(iat: number, template = ''): string {
    const part = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');
    return `${part({ alg: 'RS256' })}.${part({ sub: 'user_1', made: this.made, template, iat, exp: iat + LIFE })}.c2ln`;
  }
}

export const ACME: ClerkMembership = {
  organization: { id: 'org_acme', name: 'Acme', slug: 'acme' },
  role: 'org:admin',
  permissions: ['org:invoices:create', 'org:sys_memberships:manage'],
};
export const UMBRELLA: ClerkMembership = {
  organization: { id: 'org_umbrella', name: 'Umbrella', slug: null },
  role: 'org:member',
  permissions: [],
};
export const ADA: ClerkUser = {
  id: 'user_1',
  fullName: 'Ada Lovelace',
  username: 'ada',
  imageUrl: 'https://img.clerk.test/ada',
  primaryEmailAddress: { emailAddress: 'ada@example.test' },
  publicMetadata: { roles: ['editor'], team: 'analytics' },
  organizationMemberships: [ACME, UMBRELLA],
};

/** The surface of a `Clerk` instance, as far as it is used. */
export class ClerkDouble implements ClerkInstance {
  readonly frontendApi = 'clerk.example.test';
  session: ClerkSessionDouble | null | undefined = undefined;
  user: ClerkUser | null | undefined = undefined;
  organization: ClerkMembership['organization'] | null | undefined = undefined;
  /** Where Clerk would have sent the browser by itself. */
  readonly wentTo: string[] = [];
  private readonly listeners = new Set<(state: ClerkState) => void>();

  get heard(): number {
    return this.listeners.size;
  }

  addListener(listener: (state: ClerkState) => void): () => void {
    this.listeners.add(listener);
    if (this.session !== undefined) listener(this);
    return () => this.listeners.delete(listener);
  }

  async setActive({ organization }: { readonly organization: string | null }): Promise<void> {
    // On the way, Clerk knows nothing, and says so.
    const { session, user } = this;
    this.become(undefined, undefined);
    const memberships = user?.organizationMemberships ?? [];
    const found = memberships.find(membership => membership.organization.id === organization);
    this.become(session, user, found?.organization ?? null);
  }

  async signOut(callback?: () => void): Promise<void> {
    this.become(undefined, undefined);
    if (callback) callback();
    else this.wentTo.push('/');
    this.become(null, null);
  }

  become(
    session: ClerkSessionDouble | null | undefined,
    user: ClerkUser | null | undefined,
    organization: ClerkMembership['organization'] | null | undefined = session && null,
  ): void {
    Object.assign(this, { session, user, organization });
    for (const listener of this.listeners) listener({ session, user, organization });
  }
}
