import { type AuthUser, type JsonObject, memberAt } from 'ngx-latchkey/core';
import type { CognitoOptions } from './cognito-options';

/** The user as the claims of an ID token describe it, or the attributes of the user pool. */
export function userFrom(source: JsonObject, options: CognitoOptions): AuthUser | undefined {
  const { sub, name, email } = source;
  if (typeof sub !== 'string') return undefined;
  return {
    id: sub,
    name: [name, source['cognito:username']].find(found => typeof found === 'string'),
    email: typeof email === 'string' ? email : undefined,
    roles: words(memberAt(source, options.roles ?? 'cognito:groups')),
    permissions: options.permissions === undefined ? [] : words(memberAt(source, options.permissions)),
    profile: source,
  };
}

/** A list of names. Custom attributes are texts, in which commas or blanks part them. */
function words(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter(word => word !== '');
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}
