import {
  type AuthHttp,
  type Grant,
  type Json,
  type Redirect,
  isJsonObject,
  authError,
} from 'ngx-latchkey/core';
import * as oauth from 'oauth4webapi';
import { authorizationParameters } from './authorization-parameters';
import { type Stage, UNMET, asAuthError } from './authorization-errors';
import { fetchOver } from './fetch-over';
import { isNear, issuerAhead } from './issuer-clock';
import { loaded } from './loaded';
import { asMemory } from './oidc-memory';
import type { OidcLogin, OidcOptions, Vendor } from './oidc-options';
import { userFrom } from './oidc-user';
import { redirectUri } from './redirect-uri';
import { serverOf } from './server-metadata';
import { secondsIn } from './token-answer';

/** What a sign-in needs when the user is back. No token. */
interface OidcTransaction {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
  readonly redirectUri: string;
  readonly maxAge: number | null;
  readonly acrValues: string | null;
  readonly server: oauth.AuthorizationServer;
}

interface RequestOptions {
  readonly [oauth.customFetch]: ReturnType<typeof fetchOver>;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- meant for loopback hosts, and used for nothing else
  readonly [oauth.allowInsecureRequests]: boolean;
}

/** Begins a sign-in: where to go, and what to remember (OIDC Core 3.1.2; RFC 7636). */
export async function begin(
  options: OidcOptions,
  vendor: Vendor,
  login: OidcLogin,
  http: AuthHttp,
): Promise<Redirect> {
  let stage: Stage = 'invalid-metadata';
  try {
    const wire = requestOptions(options, http);
    const server = await serverOf(options, wire);
    stage = 'invalid-authorization-response';
    const transaction: OidcTransaction = {
      verifier: oauth.generateRandomCodeVerifier(),
      nonce: oauth.generateRandomNonce(),
      state: oauth.generateRandomState(),
      redirectUri: redirectUri(options).href,
      maxAge: login.maxAge ?? null,
      acrValues: login.acrValues ?? null,
      server,
    };
    const parameters = authorizationParameters(options, vendor, login, {
      ...transaction,
      challenge: await oauth.calculatePKCECodeChallenge(transaction.verifier),
      keyThumbprint: http.keyThumbprint,
    });
    const url = authorizationUrl(server, vendor, login);
    const pushed = server.pushed_authorization_request_endpoint !== undefined;
    const wanted = options.pushedAuthorization === 'always' || server.require_pushed_authorization_requests;
    if (wanted && !pushed) throw authError('misconfigured', 'not-pushable', options.issuer);
    const sent = wanted ? await push(server, clientOf(options), parameters, wire) : parameters;
    // An endpoint may have parameters of its own, and none may come twice (RFC 6749, section 3.1).
    for (const [name, value] of sent) url.searchParams.set(name, value);
    // It is made of texts, numbers and lists of them.
    return {
      redirect: url.href,
      state: transaction.state,
      transaction: transaction as unknown as Json,
      popup: login.popup === true,
    };
  } catch (error) {
    throw asAuthError(error, stage);
  }
}

/** Ends a sign-in: checks the answer, and changes the code for tokens once (OIDC Core 3.1.2.7, 3.1.3; RFC 9207). */
export async function complete(
  options: OidcOptions,
  vendor: Vendor,
  url: URL,
  data: Json,
  http: AuthHttp,
): Promise<Grant> {
  let stage: Stage = 'invalid-authorization-response';
  try {
    if (!isTransaction(data)) throw authError('needs-user', 'transaction-unknown');
    // Before the code is spent.
    const signature = options.verifySignature && (await loaded(options.verifySignature));
    const { nonce, verifier, maxAge, acrValues } = data;
    // Keys are remembered by this object, and may have been changed since.
    const server = { ...data.server };
    const sender = clientOf(options);
    const wire = requestOptions(options, http);
    // A transaction of another configuration is none of ours.
    if (server.issuer !== options.issuer) throw authError('needs-user', 'transaction-unknown');
    const parameters = oauth.validateAuthResponse(server, sender, url, data.state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      sender,
      oauth.None(),
      parameters,
      data.redirectUri,
      verifier,
      {
        ...wire,
        ...(options.resource !== undefined && { additionalParameters: { resource: options.resource } }),
      },
    );
    stage = 'invalid-token-response';
    const client = { ...sender, [oauth.clockSkew]: await issuerAhead(answer) };
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: nonce,
      requireIdToken: true,
      ...(maxAge !== null && { maxAge }),
    });
    stage = 'invalid-id-token';
    await signature?.verifySignature(server, answer, wire);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    const idToken = tokens.id_token;
    if (idToken === undefined || !isSound(claims)) throw authError('misconfigured', 'invalid-id-token');
    // A server that does not know what was asked for signs the user in as ever; asked again, it would do the same.
    const { acr } = claims as { readonly acr?: unknown };
    if (acrValues !== null && typeof acr === 'string' && !acrValues.split(' ').includes(acr))
      throw authError('needs-user', UNMET, acr);
    // Bound to a key if that was asked for, and not if nothing was.
    const tokenType = http.keyThumbprint === undefined ? 'bearer' : 'dpop';
    if (tokens.token_type !== tokenType) throw authError('misconfigured', 'token-type-unexpected');
    stage = 'invalid-userinfo';
    const profile = options.userInfo
      ? await userInfo(server, client, tokens.access_token, claims.sub, wire)
      : claims;
    return {
      token: options.token === 'id' ? idToken : tokens.access_token,
      expiresIn: options.token === 'id' ? undefined : secondsIn(tokens),
      secret: tokens.refresh_token,
      user: userFrom({ ...claims, ...profile }, tokens.access_token, options),
      memory: asMemory({
        subject: claims.sub,
        tokenEndpoint: server.token_endpoint,
        revocationEndpoint: server.revocation_endpoint,
        endSessionEndpoint: server.end_session_endpoint,
        userInfoEndpoint: server.userinfo_endpoint,
        tokenType,
        nonce,
        idToken,
      }),
    };
  } catch (error) {
    throw asAuthError(error, stage);
  }
}

/** Sends the request to the server itself; what is left of it for the address bar (RFC 9126). */
async function push(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  parameters: URLSearchParams,
  wire: RequestOptions,
): Promise<URLSearchParams> {
  const answer = await oauth.pushedAuthorizationRequest(server, client, oauth.None(), parameters, wire);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(server, client, answer);
  return new URLSearchParams({ client_id: client.client_id, request_uri });
}

/** UserInfo, whose `sub` has to be the ID token's (OIDC Core 5.3.2). */
async function userInfo(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  token: string,
  subject: string,
  wire: RequestOptions,
): Promise<oauth.UserInfoResponse> {
  const answer = await oauth.userInfoRequest(server, client, token, wire);
  return oauth.processUserInfoResponse(server, client, subject, answer);
}

/** What the library leaves open: a subject that is a name, and a date by which the token was not made on another day. */
function isSound(claims: oauth.IDToken | undefined): claims is oauth.IDToken {
  return typeof claims?.sub === 'string' && claims.sub !== '' && isNear(claims.iat);
}

function authorizationUrl(
  server: oauth.AuthorizationServer,
  { signUpPath }: Vendor,
  { signUp }: OidcLogin,
): URL {
  const url = new URL(server.authorization_endpoint ?? '');
  if (signUp && signUpPath) url.pathname = url.pathname.replace(...signUpPath);
  return url;
}

function clientOf({ clientId, clockTolerance = 60 }: OidcOptions): oauth.Client {
  return { client_id: clientId, [oauth.clockTolerance]: clockTolerance };
}

function requestOptions({ issuer }: OidcOptions, http: AuthHttp): RequestOptions {
  return {
    [oauth.customFetch]: fetchOver(http),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the factory has let plain http pass on loopback hosts only
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  };
}

function isTransaction(data: unknown): data is OidcTransaction {
  return isJsonObject(data) && typeof data['verifier'] === 'string' && isJsonObject(data['server']);
}
