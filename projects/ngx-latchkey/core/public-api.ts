/** The engine and the provider contract, without Angular. */

// What a provider is made of.
export type { ActionContext, ApiSide, AuthProvider } from './contract/auth-provider';
export type { ApiAnswer, ApiDialect, Verdict } from './contract/api-dialect';
export { AuthError, authError } from './contract/auth-error';
export type { AuthUser } from './contract/auth-user';
export type { Grant, Held } from './contract/grant';
export { isolated } from './contract/isolated';
export { isJsonObject, memberAt, type Json, type JsonObject } from './contract/json';
export { readJwt, type JwtClaims } from './contract/jwt';
export { isRefusal, refuse, unexpectedAnswer, type FailureClass, type Refusal } from './contract/refusal';
export { rulesWithServer } from './contract/rules-with-server';
export { secureUrl } from './contract/secure-url';
export type {
  DelegatedSession,
  FixedSession,
  OwnSession,
  RenewableSession,
  Rotation,
  SessionKind,
  SessionProbe,
  VendorSdk,
} from './contract/session-kind';
export type { Callback, Challenge, Redirect, SignIn } from './contract/sign-in';
export type { TokenSource } from './contract/token-source';
export type { UrlRule } from './contract/url-rule';
export type { AuthHttp, Exchange } from './contract/exchange';
export type { WireAnswer, WireRequest } from './contract/wire';

// What some providers bring along, so that other applications do not load it.
export { delegatedSession } from './session/delegated-session';
export { cookieProbe } from './session/probe';
export type { Page, PageChannel, PageWindow } from './redirect/page';
export { type Departure, type RedirectFlow, redirectFlow } from './redirect/redirect-flow';

// What runs the session: for ngx-latchkey itself, and for whoever does without Angular.
export type { Attention, Channel, Clock, Lock, RecordStore, SessionPorts, Transport } from './session/ports';
export { actionContext } from './session/action-context';
export type { Rejection } from './session/rejection';
export { createSessionEngine } from './session/create-session-engine';
export type { SessionEngine, SessionListener, SignInOutcome, UsableToken } from './session/session-engine';
export type { SessionEvent, SessionHappening } from './session/session-event';
export type { RenewalFailure } from './session/renewal-failure';
export type {
  Attempt,
  EndReason,
  LiveRecord,
  RecordIdentity,
  SessionRecord,
  Tombstone,
} from './session/session-record';
export type { Phase, SessionState } from './session/session-state';
export type { Strain } from './session/strain';
export type { TokenSpan } from './session/token-life';
export { compileUrlRules, type UrlMatcher } from './session/url-rules';

export { type BrowserPorts, type Keeping, sharedPorts, tabPorts } from './browser/browser-ports';
export { fetchTransport } from './browser/fetch-transport';
export { memoryStore } from './browser/memory-store';
export { canKeepVault, workerTransport } from './vault/worker-transport';
