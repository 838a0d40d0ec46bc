import { uniqueId } from '../browser/unique-id';
import { authError } from '../contract/auth-error';
import type { AuthProvider } from '../contract/auth-provider';
import type { Held } from '../contract/grant';
import { isJsonObject } from '../contract/json';
import type { Callback, Redirect } from '../contract/sign-in';
import { asRefusal } from '../session/exchange';
import type { SessionEngine, SignInOutcome } from '../session/session-engine';
import { type Page, browserPage } from './page';
import { callbackOfWindow, handOver } from './popup';
import { type Transaction, transactions } from './transactions';

/** Leads users to where they sign in, and back. */
export interface RedirectFlow {
  /** Signs in with the engine, and goes to where the user does so if that is what it came to. */
  signIn(input: object, provider: AuthProvider, engine: SessionEngine): Promise<SignInOutcome>;
  /** Comes before anything that takes time: browsers let a page open a window only right after a click. */
  depart(input: object): Departure;
  /**
   * The end of a sign-in, if the user has just come back; `undefined` for any other page. The address bar is clean before it returns, so that
   * nobody else reads what the server sent.
   */
  arrive(provider: AuthProvider, engine: SessionEngine): Promise<void> | undefined;
  /** What goes to where the server ends its own session; `undefined` where there is nothing to go to. Made before the session ends here. */
  signOut(provider: AuthProvider, held: Held, returnUrl: unknown): (() => void) | undefined;
}

/** Begins the `state` of a logout. */
const SIGNED_OUT = 'out.';

/** A sign-in by redirect that begins. */
export interface Departure {
  /**
   * Goes to where the user signs in. Resolves when that happened in a window of its own; else the page goes away, and it rejects with
   * `sign-in-abandoned` if the user comes back without having signed in.
   */
  go(redirect: Redirect, provider: AuthProvider, engine: SessionEngine): Promise<SignInOutcome>;
  /** There is nothing to go to. */
  cancel(): void;
}

/** The flow in a page; see `Callback.flow`. */
export function redirectFlow(page: Page = browserPage()): RedirectFlow {
  const underWay = transactions(page.storage, page.now);

  async function complete(
    callback: Callback,
    url: URL,
    { data }: Transaction,
    engine: SessionEngine,
  ): Promise<void> {
    await engine.accept(await callback.complete(url, data, engine.http));
  }

  return {
    async signIn(input, provider, engine) {
      const departure = this.depart(input);
      try {
        const outcome = await engine.signIn(input);
        if ('redirect' in outcome) return await departure.go(outcome, provider, engine);
        departure.cancel();
        return outcome;
      } catch (error) {
        departure.cancel();
        throw error;
      }
    },

    depart(input) {
      const asked = isJsonObject(input) ? input : {};
      const inWindow = asked['popup'] === true;
      const popup = inWindow ? page.openWindow() : null;
      return {
        async go({ redirect, state, transaction: data }, provider, engine) {
          if (inWindow && popup === null) throw authError('needs-user', 'popup-blocked');
          const returnUrl = insideUrl(asked['returnUrl'], page.url());
          const { audience } = provider;
          const transaction = { data, audience, returnUrl, popup: inWindow, begunAt: page.now() };
          if (!underWay.begin(state, transaction)) {
            popup?.close();
            throw authError('misconfigured', 'storage-blocked');
          }
          if (popup === null) return leave(page, redirect);
          popup.location.replace(redirect);
          const url = await callbackOfWindow(page, popup, state);
          // The window may have ended it itself, had this page been too slow; a code is good once.
          if (underWay.take(state) === undefined) throw authError('needs-user', 'transaction-unknown');
          await complete(callbackOf(provider), url, transaction, engine);
          return { user: engine.state().record?.held.user ?? null };
        },
        cancel: () => popup?.close(),
      };
    },

    arrive(provider, engine) {
      const callback = callbackOf(provider);
      const url = page.url();
      const state = callback.stateIn(url);
      if (state === null) return undefined;
      const known = underWay.look(state);
      // The application has another session, whose users come back to the same place.
      if (known !== undefined && known.audience !== provider.audience) return undefined;
      page.replaceUrl(known?.returnUrl ?? callback.cleaned(url).href);
      if (state.startsWith(SIGNED_OUT)) {
        underWay.take(state);
        return undefined;
      }
      return end().catch((error: unknown) => {
        engine.tell({ type: 'sign-in-failed', code: asRefusal(error).code });
        throw error;
      });

      async function end(): Promise<void> {
        if (known?.popup && (await handOver(page, state ?? '', url))) {
          page.closeWindow();
          return;
        }
        const transaction = underWay.take(state ?? '');
        if (transaction === undefined) throw authError('needs-user', 'transaction-unknown');
        await complete(callback, url, transaction, engine);
      }
    },

    signOut({ signIn, audience }, held, asked) {
      const state = SIGNED_OUT + uniqueId();
      const url = signIn.callback?.signOut?.(held, state) ?? null;
      if (url === null) return undefined;
      const returnUrl = insideUrl(asked, page.url());
      underWay.begin(state, { data: null, audience, returnUrl, popup: false, begunAt: page.now() });
      return () => {
        page.go(url);
      };
    },
  };
}

/** The page goes away; it comes back by way of the browser's cache only. */
function leave(page: Page, url: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    page.onReturn(() => {
      reject(authError('needs-user', 'sign-in-abandoned'));
    });
    page.go(url);
  });
}

function callbackOf({ signIn, id }: AuthProvider): Callback {
  if (signIn.callback === undefined) throw authError('misconfigured', 'no-callback', id);
  return signIn.callback;
}

/**
 * A URL of this application to go on with: what was asked for if it is one, else the present one. The address bar takes no other, neither one with
 * a name of a user in it nor a `blob:`, whose origins are the same.
 */
function insideUrl(asked: unknown, { href, origin }: URL): string {
  const wanted = typeof asked === 'string' && URL.canParse(asked, href) ? new URL(asked, href).href : '';
  return wanted.startsWith(`${origin}/`) ? wanted : href;
}
