import { type ActionContext, type AuthUser, type JsonObject, readJwt } from 'ngx-latchkey/core';
import { memoryOf } from './oidc-memory';
import type { OidcOptions } from './oidc-options';
import { userFrom } from './oidc-user';

/** What only OpenID Connect servers can do; see `injectAuthActions`. */
export interface OidcActions {
  /** The claims of the ID token, checked when it was received; `null` where there is none. */
  idTokenClaims(): JsonObject | null;
  /** The ID token, for what asks for it by name; `null` where there is none. */
  idToken(): string | null;
  /** The user as the ID token tells. */
  user(): AuthUser | null;
}

export function oidcActions(options: OidcOptions, { held }: ActionContext): OidcActions {
  const idToken = (): string | null => {
    const now = held();
    return (now && memoryOf(now).idToken) ?? null;
  };
  return {
    idToken,
    idTokenClaims: () => readJwt(idToken()),
    user() {
      const claims = readJwt(idToken());
      return claims && userFrom(claims, held()?.token ?? '', options);
    },
  };
}
