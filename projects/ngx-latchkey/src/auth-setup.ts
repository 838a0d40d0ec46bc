import { isPlatformBrowser } from '@angular/common';
import type {
  HttpErrorResponse,
  HttpEvent,
  HttpHandlerFn,
  HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { DestroyRef, InjectionToken, NgZone, PLATFORM_ID, type Signal, inject } from '@angular/core';
import {
  type AuthProvider,
  type BrowserPorts,
  type RedirectFlow,
  type SessionEngine,
  type SessionPorts,
  type Transport,
  type UrlMatcher,
  type UsableToken,
  compileUrlRules,
  createSessionEngine,
  authError,
  sharedPorts,
} from 'ngx-latchkey/core';
import type { Observable } from 'rxjs';
import type { StepUpChallenge } from './step-up/step-up-challenge';

declare const ngDevMode: unknown;

/** The provider given to `provideAuth`; `null` as long as it is being loaded. */
export const AUTH_PROVIDER = new InjectionToken<{ readonly current: AuthProvider | null }>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey provider' : '',
);

/** What a session needs of the browser. */
export type PortsOf = (...wanted: [...Parameters<BrowserPorts>, provider: AuthProvider]) => SessionPorts;

export const PORTS = new InjectionToken<PortsOf>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey ports' : '',
  { factory: () => sharedPorts },
);

/** The APIs that take the tokens of another's sign-in. */
export const API_SIDE = new InjectionToken<(provider: AuthProvider) => AuthProvider>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey API side' : '',
);

/** Sends a request of the application with the token. */
export type SendWithToken = (
  request: HttpRequest<unknown>,
  token: UsableToken,
  next: HttpHandlerFn,
) => Observable<HttpEvent<unknown>>;

/** What proves with each request that it comes from whom the token was given to. */
export interface SenderProof {
  /** The provider, whose sign-ins ask for tokens that are bound. */
  readonly provider: AuthProvider;
  /** A transport for the session's own requests. */
  transport(plain: Transport): Transport;
  follow(engine: SessionEngine): void;
  readonly send: SendWithToken;
}

/** See `withDpop`. */
export const PROOF = new InjectionToken<(provider: AuthProvider) => SenderProof>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey proof' : '',
);

/** Where requests wait for a user who has to sign in once more. */
export interface StepUpDesk {
  readonly challenge: Signal<StepUpChallenge | null>;
  /**
   * The token with which to send a request again, once the user has signed in as its API asks; `null` where the caller gets the answer as it is.
   * `undefined` for any other answer.
   */
  park(
    answer: HttpErrorResponse | HttpResponse<unknown>,
    token: UsableToken,
  ): Observable<UsableToken | null> | undefined;
  close(): void;
}

/** See `withStepUp`. */
export const STEP_UP = new InjectionToken<
  (setup: Pick<AuthSetup, 'provider' | 'engine' | 'flow'>) => StepUpDesk
>(typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey step-up' : '');

/** One back end, its session, and where its token may go. */
export interface AuthSetup {
  readonly provider: AuthProvider;
  readonly engine: SessionEngine;
  /** Leads users to where they sign in and back, for providers that send them elsewhere. */
  readonly flow: RedirectFlow | undefined;
  /** The end of a sign-in elsewhere, if the user has just come back. */
  readonly arrival: Promise<void> | undefined;
  /** Whether a request to the URL carries the token: an API of the provider and none of its own endpoints. */
  readonly covers: UrlMatcher;
  /** What sends the application's requests, where the token alone is not enough. */
  readonly send: SendWithToken | undefined;
  /** Where requests wait whose API wants more of the user, if they are to. */
  readonly stepUp: StepUpDesk | undefined;
  /** `false` while rendering on a server, where there is no session and nothing is started. */
  readonly inBrowser: boolean;
}

/** Every session of the application, in the order in which they came. */
export const AUTH_SETUPS = new InjectionToken<Set<AuthSetup>>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey setups' : '',
  {
    providedIn: 'root',
    factory: () => new Set(),
  },
);

export const AUTH_SETUP = new InjectionToken<AuthSetup>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'ngx-latchkey setup' : '',
  { factory: createAuthSetup },
);

/** What a further session, or one of a part of the routes, has no feature for it does without: that of the one around it is not its own. */
const OWN = { optional: true, self: true } as const;

export function createAuthSetup(): AuthSetup {
  const given = inject(AUTH_PROVIDER, { optional: true });
  if (!given?.current) throw authError('misconfigured', given ? 'not-ready' : 'not-provided');
  const plain = inject(API_SIDE, OWN)?.(given.current) ?? given.current;
  const inBrowser = isPlatformBrowser(inject(PLATFORM_ID));
  const proof = inBrowser ? inject(PROOF, OWN)?.(plain) : undefined;
  const provider = proof?.provider ?? plain;
  const zone = inject(NgZone);
  const ports = (inject(PORTS, OWN) ?? sharedPorts)(
    `${provider.id} ${provider.audience}`,
    () => {
      engine.tell({ type: 'storage-degraded' });
    },
    provider,
  );
  // A timer inside the zone would keep the application from ever being stable.
  const after: typeof ports.clock.after = (delay, task) =>
    zone.runOutsideAngular(() => ports.clock.after(delay, task));
  const transport = proof?.transport(ports.transport) ?? ports.transport;
  const { session, signIn } = provider;
  // An application without such a session does not load what runs it; the contract knows no engines, hence the type.
  const create =
    session.kind === 'delegated' ? (session.run as typeof createSessionEngine) : createSessionEngine;
  const engine = create(provider, { ...ports, transport, clock: { ...ports.clock, after } });
  proof?.follow(engine);
  const covers = inBrowser ? coverage(provider) : () => false;
  const flow = signIn.callback?.flow() as RedirectFlow | undefined;
  const arrival = inBrowser ? flow?.arrive(provider, engine) : undefined;
  const stepUp = inBrowser ? inject(STEP_UP, OWN)?.({ provider, engine, flow }) : undefined;
  const setup: AuthSetup = { provider, engine, flow, arrival, covers, inBrowser, send: proof?.send, stepUp };
  const setups = inject(AUTH_SETUPS);
  setups.add(setup);
  inject(DestroyRef).onDestroy(() => {
    setups.delete(setup);
    engine.dispose();
  });
  return setup;
}

/** Begins to restore what was kept, or to end the sign-in that the user has just come back from. */
export function startAuth({ engine, inBrowser, arrival }: AuthSetup): void {
  if (inBrowser) engine.start(arrival);
}

function coverage(provider: AuthProvider): UrlMatcher {
  const base = (): string => document.baseURI;
  const apis = compileUrlRules(provider.api.origins, location.origin, base);
  const endpoints = compileUrlRules(provider.endpoints, location.origin, base);
  return url => apis(url) && !endpoints(url);
}
