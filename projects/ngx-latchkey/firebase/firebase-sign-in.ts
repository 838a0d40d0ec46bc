import { type Json, isJsonObject } from 'ngx-latchkey/core';

/** What `login` takes: one of the ways to sign in that the project has enabled. */
export type FirebaseSignIn =
  | { readonly email: string; readonly password: string }
  /** The link that `sendSignInLink` has mailed, as the user came back with it. */
  | { readonly email: string; readonly link: string }
  | { readonly anonymous: true }
  /** A token that the application's own server has made with the Admin SDK. */
  | { readonly customToken: string }
  /** What an identity provider has handed out, such as `google.com` an ID token; with the nonce that it was asked for with, if any. */
  | { readonly providerId: string; readonly idToken: string; readonly nonce?: string }
  | { readonly providerId: string; readonly accessToken: string };

export const SIGN_IN_TAKES =
  '{ email, password }, { email, link }, { anonymous: true }, { customToken } or { providerId, idToken or accessToken }';

/** A method of Identity Toolkit, and what it takes. */
export type AccountCall = readonly [method: string, json: Readonly<Record<string, Json>>];

/** The call that signs in with what the application gave, or `null` if something is missing. */
export function signInCall(input: unknown): AccountCall | null {
  if (!isJsonObject(input)) return null;
  const { email, password, link, anonymous, customToken, providerId, idToken, accessToken, nonce } = input;
  if (anonymous === true) return ['signUp', {}];
  if (isText(customToken)) return ['signInWithCustomToken', { token: customToken }];
  if (isText(providerId) && (isText(idToken) || isText(accessToken))) {
    const postBody = new URLSearchParams({
      ...(isText(idToken) && { id_token: idToken }),
      ...(isText(accessToken) && { access_token: accessToken }),
      ...(isText(nonce) && { nonce }),
      providerId,
    }).toString();
    // The URI matters where the server itself reads the provider's redirect, which it does not here.
    return ['signInWithIdp', { requestUri: 'http://localhost', postBody, returnIdpCredential: false }];
  }
  if (!isText(email)) return null;
  if (isText(password)) return ['signInWithPassword', { email, password }];
  const oobCode = isText(link) ? codeIn(link) : null;
  return oobCode === null ? null : ['signInWithEmailLink', { email, oobCode }];
}

/** The code in a link of a mail, also where the link is wrapped in one that opens an app. */
function codeIn(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { searchParams } = new URL(link);
  const wrapped = searchParams.get('link');
  return searchParams.get('oobCode') ?? (wrapped === null ? null : codeIn(wrapped));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
