import type { Refusal } from './refusal';

declare const ngDevMode: unknown;

type Sentence = (...facts: readonly (string | undefined)[]) => string;

/** What a developer should know about a failure, and do. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  'dpop-key-lost': () =>
    'The key that the tokens are bound to is gone: the storage of the browser was cleared, or the session began without withDpop(). The user has to sign in again.',
  'dpop-proof-refused': error =>
    `The server does not take the proof of the key (${error ?? 'invalid_dpop_proof'}). Check the clock of this computer, that no proxy changes the URL, and that the CORS settings of the server allow the header DPoP and expose DPoP-Nonce.`,
  'dpop-unavailable': () =>
    'The browser has no WebCrypto here, without which there is no key to bind tokens to. Use https, or localhost.',
  'dpop-unsupported': provider =>
    `The provider "${provider}" has no tokens that its server could bind to a key. Leave withDpop() out.`,
  'duplicate-feature': kinds => `provideAuth was given a feature twice: ${kinds}.`,
  'duplicate-name': name =>
    `There are two sessions of the name "${name}". Give one of provideNamedAuth another.`,
  'held-elsewhere': () =>
    'Another tab holds the newest token and cannot store it, because the storage of the browser fails.',
  'in-doubt': () =>
    'A renewal was cut off, and the server may have made it. It is not repeated while the token still serves.',
  'insecure-url': url =>
    `Tokens are not sent to "${url}": use https. Plain http is accepted for localhost only.`,
  'invalid-credentials': () => 'The auth server does not accept these credentials.',
  'invalid-input': wanted =>
    wanted === undefined ? 'The auth server does not accept what was sent.' : `The sign-in takes ${wanted}.`,
  'invalid-path': url => `"${url}" is not a path at which a server can be found.`,
  'invalid-url-rule': rule =>
    `"${rule}" is not of the form https://host[:port][/path]: no user name, no query, no fragment. A path of the page's own origin begins with one slash.`,
  'invalid-wildcard': rule =>
    `"${rule}": a wildcard stands for the first label only, before at least two others (https://*.example.com).`,
  'lock-timeout': () => 'Another tab is renewing the session and does not finish.',
  'newer-record': () => 'A newer version of the application is open in another tab. Reload this page.',
  'no-answer': (request = 'The request') =>
    `${request} was accepted, and not answered in time. See the auth server's own log.`,
  'not-provided': () =>
    'Add provideAuth(jwtServer({ url: "https://your-auth-server" })) to the providers of the application, in app.config.ts.',
  'not-renewable': () => 'This back end cannot renew a token; the user signs in again when it has run out.',
  'origin-not-allowed': url =>
    `The token may not go to ${url}. Add its origin to the provider's "api" option.`,
  'other-provider': (factory, id) =>
    `injectAuthActions(${factory}) asks for actions that the provider "${id}" given to provideAuth does not have.`,
  'rate-limited': () => 'The auth server asks to wait before the next try.',
  'server-error': () => 'The auth server failed. See its own log.',
  'session-ended': (reason = 'unknown') =>
    `The session ended (${reason}) before the request could be sent. The user has to sign in again.`,
  'unsupported-choice': name =>
    `"${name}" keeps its session in an SDK, and cannot be among the choices of oneOf.`,
  'vault-closed': () =>
    'A refresh token may only be sent back to where it came from: to renew and to end its session, at the same origin.',
  'vault-empty': () => 'The browser was closed, and the worker that held the refresh token is gone with it.',
  'vault-silent': () => 'The worker that holds the refresh token does not answer.',
  'vault-unavailable': script =>
    `The worker of the vault cannot be started from ${script}. Check that the file is there ("ng add ngx-latchkey --vault" lists it among the assets) and that the CSP allows worker-src 'self' and the Trusted Types policy ngx-latchkey.`,
  'vault-unsupported': provider =>
    `The provider "${provider}" has no refresh token in the answers of its server that a worker could keep. Leave withWorkerVault() out.`,
  'step-up-cancelled': () => 'The user did not want to sign in once more, as the API asks.',
  'step-up-missing': () => 'injectStepUp() needs withStepUp() among the features of provideAuth.',
  'step-up-other-user': () =>
    'Somebody else has signed in than who is signed in here, so that nothing was taken from it.',
  'step-up-unsupported': provider =>
    `Users of "${provider}" sign in by a form of the application: show it, and call login. What waits goes on then.`,
  'storage-unreadable': () =>
    'The storage of the browser cannot be read for the moment, and another tab may have stored a newer token.',
  'temporarily-unavailable': (cause = 'no answer yet') =>
    `The token could not be renewed in time (${cause}). The user stays signed in and the engine keeps trying.`,
  'too-many-waiting': () => 'A thousand requests wait for a token already.',
  unauthenticated: () => 'The request asks for a session, and nobody is signed in.',
  'unexpected-answer': (status = 'something', kind) =>
    `The auth server answered ${status} with ${kind === 'JSON' ? 'JSON of another form' : 'something that is not JSON, such as a web page'}. Check the URL and the paths given to the provider.`,
  'unexpected-fields': (wanted, found) =>
    `The auth server answered without "${wanted}"; the members of its answer are: ${found}. Name the right one, as in jwtServer({ fields: { accessToken: 'access_token' } }).`,
  unreachable: (request = 'The request', origin = 'this origin') =>
    `${request} got no answer. Check that the auth server runs there, that its CORS settings allow ${origin}, and that the page may connect to it (CSP).`,
  'access-denied': () => 'The user, or the server, did not agree to the sign-in.',
  'account-selection-required': () =>
    'The server wants the user to choose an account: sign in without prompt "none".',
  'authorization-refused': error =>
    `The authorization endpoint answered "${error}". Check the client's settings at the server and the options given to the provider.`,
  'authentication-requirements-unmet': () =>
    'The user has not signed in in the way that was wanted (acr_values, max_age): the server cannot ask for it, or has not.',
  'chunk-unavailable': () =>
    'The part of the application that signs in cannot be loaded: it was deployed anew, or there is no network. Reload the page.',
  'code-refused': () =>
    'The server does not take the authorization code: it was used, or is too old. Sign in again.',
  'configuration-unavailable': reason =>
    `The function given to provideAuth did not find out about the back end (${reason}).`,
  'consent-required': () => 'The server wants the user to consent: sign in without prompt "none".',
  'id-token-missing': () => 'The server answered without an ID token. Ask for the scope openid.',
  'interaction-required': () => 'The server wants to ask the user something: sign in without prompt "none".',
  'invalid-authorization-response': reason =>
    `What the server answered at the end of a sign-in is not in order (${reason}). Nothing was taken from it.`,
  'invalid-id-token': reason =>
    `The ID token is not in order (${reason ?? 'another issuer, audience or nonce'}). None of its claims were taken.`,
  'login-required': () => 'Nobody is signed in at the server: sign in without prompt "none".',
  'no-callback': id => `The provider "${id}" sends users elsewhere and has no callback.`,
  'not-pushable': issuer => `${issuer} takes no pushed authorization requests.`,
  'not-ready': () =>
    'The configuration of the back end is being loaded. Inject what needs a session after that, or load it without.',
  'not-revocable': issuer => `${issuer} has no endpoint at which a refresh token can be revoked.`,
  'popup-blocked': () =>
    'The browser does not let the page open a window. Call login right after a click, or without popup.',
  'popup-closed': () => 'The window was closed before the sign-in was through.',
  'sign-in-abandoned': () => 'The user came back without having signed in.',
  'sign-in-elsewhere': id => `Users of "${id}" sign in on the screens of its own SDK.`,
  'storage-blocked': () =>
    'The browser lets the page store nothing, so that the user could not come back from signing in elsewhere.',
  'support-log-missing': () => 'Add withSupportLog() to provideAuth.',
  'token-request-refused': error =>
    `The token endpoint answered "${error}". Check the client's settings at the server and the options given to the provider.`,
  'token-type-changed': () =>
    'The server answered with a token of another type than before, or with one that is not bound to the key of withDpop().',
  'transaction-unknown': () =>
    'This page knows nothing of the sign-in that ended here: it began in another browser, or too long ago. Sign in again.',
  unanswerable: id => `The provider "${id}" knows of no challenges.`,
  'workspace-unknown': () =>
    '8base knows no such workspace. Compare `workspaceId` and `environment` with the settings of the workspace, and see that no proxy drops the header `workspace`.',
  'unknown-name': (name, names) =>
    `There is no session of the name "${name}". Those of provideNamedAuth: ${names}.`,
  'already-exists': () => 'There is an account with this name or address already.',
  'not-connected': () =>
    'There is no connection at the moment, and nothing was sent. Send what each connection needs in `opened`.',
  'sdk-failed': code => `The SDK of the vendor failed (${code}).`,
  'strategy-not-allowed': () => 'The server does not allow this strategy: add it to authStrategies.',
  'sign-in-disabled': () => 'This way to sign in is switched off at the back end.',
  'role-may-not-get-token': () =>
    '8base says "Not Authorized": give the authentication profile a role, and enable Get Token for it in App Services > Roles > … > Data.',
  'email-mismatch': () =>
    'The row of the user has another e-mail address than the token, so that 8base cannot find it. Bring the Users table and the user pool together.',
  'challenge-unsupported': name =>
    `The server wants the challenge "${name}", which the provider cannot carry out.`,
  'not-configured': exception =>
    `The user pool answered "${exception}". Check the client id, that the client has no secret, and the flows that it allows.`,
  'socket-not-created': () =>
    'The browser did not take the URL or the sub-protocols of the socket. A token that is no JWT may hold characters that cannot stand in a sub-protocol; encode it.',
  'stream-refused': () =>
    'The server answered with something that is no event stream, and nothing more is tried in this session.',
  'invalid-metadata': reason =>
    `The metadata of the server is not in order (${reason}). Check the issuer given to the provider.`,
  'invalid-token-response': reason =>
    `The answer of the token endpoint is not in order (${reason}). Nothing was taken from it.`,
  'invalid-userinfo': reason =>
    `The answer of the UserInfo endpoint is not in order (${reason}). Nothing was taken from it.`,
  'token-type-unexpected': () => 'The server sent a token of a type that was not asked for.',
};

/** The sentence for a failure's code, in development builds; production builds leave all of them out. */
export function explain(refusal: Refusal): string | undefined {
  return typeof ngDevMode === 'undefined' || ngDevMode ? sentence(refusal) : undefined;
}

function sentence({ code, facts = [] }: Refusal): string | undefined {
  return SENTENCES[code]?.(...facts);
}
