import type { JsonObject } from 'ngx-latchkey/core';

/** What is used of Clerk's `Organization`. */
export interface ClerkOrganization {
  readonly id: string;
  readonly name: string;
  readonly slug: string | null;
}

/** What is used of Clerk's `OrganizationMembership`. */
export interface ClerkMembership {
  readonly organization: ClerkOrganization;
  /** Such as `org:admin`. */
  readonly role: string;
  /** Such as `org:invoices:create`. */
  readonly permissions: readonly string[];
}

/** What is used of Clerk's `User`. */
export interface ClerkUser {
  readonly id: string;
  readonly fullName: string | null;
  readonly username: string | null;
  readonly imageUrl: string;
  readonly primaryEmailAddress: { readonly emailAddress: string } | null;
  /** What the application's own server has written; everybody may read it and only the server may change it. */
  readonly publicMetadata: JsonObject;
  readonly organizationMemberships: readonly ClerkMembership[];
}

/** What is used of Clerk's `Session`. */
export interface ClerkSession {
  getToken(options?: { readonly template?: string; readonly skipCache?: boolean }): Promise<string | null>;
}

/** Who is signed in: `null` is nobody, `undefined` is not known yet, or in between. */
export interface ClerkState {
  readonly session?: ClerkSession | null | undefined;
  readonly user?: ClerkUser | null | undefined;
  readonly organization?: ClerkOrganization | null | undefined;
}

/** What is used of a `Clerk` instance, of clerk-js 5 or later. */
export interface ClerkInstance extends ClerkState {
  /** The host of the Frontend API. */
  readonly frontendApi: string;
  addListener(listener: (state: ClerkState) => void): () => void;
  setActive(active: { readonly organization: string | null }): Promise<void>;
  /** With a callback, Clerk leaves it to the application where to go afterwards. */
  signOut(callback: () => void): Promise<void>;
}
