import { type AuthUser, type JsonObject, memberAt } from 'ngx-latchkey/core';
import type { ClerkState, ClerkUser } from './clerk-instance';

/** Where a user's own roles and permissions are, besides those in the organization. */
export interface ClerkUserPaths {
  /** Dotted, in the profile. Default `publicMetadata.roles`. */
  readonly roles?: string;
  /** Dotted, in the profile. Default `publicMetadata.permissions`. */
  readonly permissions?: string;
}

/** The user with the roles and permissions in the active organization. */
export function userFrom(
  user: ClerkUser,
  { organization }: ClerkState,
  { roles = 'publicMetadata.roles', permissions = 'publicMetadata.permissions' }: ClerkUserPaths,
): AuthUser {
  const { id, fullName, username, imageUrl, primaryEmailAddress, publicMetadata } = user;
  const membership = user.organizationMemberships.find(({ organization: { id } }) => id === organization?.id);
  // Plain data: an object of the SDK could not be stored.
  const profile: JsonObject = {
    username,
    imageUrl,
    publicMetadata: JSON.parse(JSON.stringify(publicMetadata)) as unknown,
    organization: membership
      ? {
          id: membership.organization.id,
          name: membership.organization.name,
          slug: membership.organization.slug,
        }
      : null,
  };
  return {
    id,
    name: fullName ?? username ?? undefined,
    email: primaryEmailAddress?.emailAddress,
    roles: [...(membership ? [membership.role] : []), ...listOf(memberAt(profile, roles))],
    permissions: [...(membership?.permissions ?? []), ...listOf(memberAt(profile, permissions))],
    profile,
  };
}

/** One name, or a list of them. */
function listOf(value: unknown): readonly string[] {
  return [value].flat().filter(name => typeof name === 'string');
}
