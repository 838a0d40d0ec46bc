import { type Json, type UrlRule, type WireRequest, secureUrl } from 'ngx-latchkey/core';
import type { FirebaseClaimPaths } from './firebase-answers';

/** Options of {@link firebase}. */
export interface FirebaseOptions extends FirebaseClaimPaths {
  /** The web API key of the project. It names the project and is no secret. */
  readonly apiKey: string;
  /** The id of the project, which is the audience of its ID tokens. */
  readonly projectId: string;
  /** The Auth emulator in place of Google's servers, such as `http://127.0.0.1:9099`. */
  readonly emulator?: string;
  /** Where the ID token may go: the APIs of the application. */
  readonly api?: readonly UrlRule[];
}

/** How the two services of Firebase are asked. */
export interface FirebaseServer {
  /** Which project's tokens these are, and whose: the emulator's are worth nothing elsewhere. */
  readonly audience: string;
  readonly endpoints: readonly UrlRule[];
  /** Asks a method of Identity Toolkit, such as `signInWithPassword`. */
  account(method: string, json: Json): WireRequest;
  /** Asks the secure token service for a new ID token. */
  token(refreshToken: string): WireRequest;
}

/** @throws AuthError `invalid-url-rule`, `insecure-url` */
export function firebaseServer({ apiKey, projectId, emulator }: FirebaseOptions): FirebaseServer {
  // The emulator takes the place of a service as the first part of the path.
  const before = emulator === undefined ? 'https:/' : secureUrl(emulator).origin;
  const identity = `${before}/identitytoolkit.googleapis.com/v1`;
  const secureToken = `${before}/securetoken.googleapis.com/v1`;
  const key = `?key=${encodeURIComponent(apiKey)}`;
  return {
    audience: [emulator === undefined ? 'https://securetoken.google.com' : before, projectId].join('/'),
    endpoints: [identity, secureToken],
    account: (method, json) => ({ url: `${identity}/accounts:${method}${key}`, method: 'POST', json }),
    token: refreshToken => ({
      url: `${secureToken}/token${key}`,
      method: 'POST',
      form: { grant_type: 'refresh_token', refresh_token: refreshToken },
    }),
  };
}
