import type { Context, Next } from 'koa';
import type { Configuration, Provider } from 'oidc-provider';
import type { OpenIdStorage } from '../../../auth-server/src/oidc/openid-storage.js';

/** Somebody whom an issuer knows. The password is `latchkey-` and the user name. */
export interface IssuerUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

/** What a test may change while an issuer runs. */
export interface IssuerSettings {
  /** Seconds. */
  accessTokenLifetime: number;
  refreshTokenLifetime: number;
  /** Whether a refresh token that comes twice ends the session. */
  strict: boolean;
}

/** What the ways of a vendor are made of. */
export interface IssuerParts {
  readonly provider: Provider;
  readonly storage: OpenIdStorage;
  readonly settings: IssuerSettings;
  /** Whether users may be led to that URL after a logout. */
  readonly mayReturn: (url: string) => boolean;
}

/** An answer of `oidc-provider` before it is sent, or a request that it does not know. */
export type IssuerMiddleware = (ctx: Context, next: Next) => Promise<void>;

/** DPoP and step-up, as a vendor has them. */
export interface StrongSignIn {
  /** The `acr` of a sign-in with the second factor, by which it is asked for too. */
  readonly secondFactor: string;
  /** The claim of an access token in which an API finds it. */
  readonly acrClaim: string;
  /** The claim that tells when that was, in seconds since the epoch. */
  readonly authTimeClaim: string;
  /** Whether the token endpoint wants nonces in the proofs. */
  readonly nonces: boolean;
}

/** How an access token's user has signed in, as far as it is known. */
export interface SignInClaims {
  readonly acr: string | undefined;
  /** Seconds since the epoch. */
  readonly auth_time: number | undefined;
}

/** How the server of one vendor differs from `oidc-provider` as it comes. */
export interface IssuerShape {
  /** Path of the issuer identifier, as the vendor writes it. */
  readonly issuerPath: string;
  readonly routes: NonNullable<Configuration['routes']>;
  /** Whether refresh tokens are handed out only to who asks for `offline_access`. */
  readonly asksForOffline: boolean;
  readonly rotates: boolean;
  /** `undefined` where there is neither DPoP nor step-up. */
  readonly strong?: StrongSignIn;
  /** The API that access tokens are for, which makes them JWTs; `undefined` for opaque ones. */
  readonly resource: (audience: string) => string | undefined;
  /** Claims of the ID token besides the usual ones. */
  readonly idTokenClaims: (user: IssuerUser) => Readonly<Record<string, unknown>>;
  readonly accessTokenClaims: (
    user: IssuerUser,
    clientId: string,
    signIn: SignInClaims,
  ) => Readonly<Record<string, unknown>>;
  readonly middleware: (parts: IssuerParts) => IssuerMiddleware;
}
