import { type Grant, type VendorSdk, authError, memberAt, readJwt } from 'ngx-latchkey/core';
import type { ClerkInstance, ClerkState } from './clerk-instance';
import { type ClerkUserPaths, userFrom } from './clerk-user';

/** Seconds before its end from which a token is replaced: Clerk's live for a minute, and Clerk itself replaces them ahead of time in focused tabs only. */
const AHEAD = 10;

/** How tokens and the user are read from Clerk's SDK. */
export interface ClerkSdkOptions extends ClerkUserPaths {
  /** The JWT template to get tokens of, for an API that wants other claims. */
  readonly template?: string;
}

/** Clerk as the engine wants to see it. */
export function clerkSdk(clerk: ClerkInstance, options: ClerkSdkOptions): VendorSdk {
  const grantOf = async (state: ClerkState, skipCache: boolean): Promise<Grant | null> => {
    const { session, user } = state;
    // Between two sessions, or on the way to another page, Clerk does not know who is signed in.
    if (session === undefined) throw unknown();
    if (!session || !user) return null;
    const { template } = options;
    const token = await session
      .getToken({ skipCache, ...(template !== undefined && { template }) })
      .catch((error: unknown) => {
        throw sdkError(error);
      });
    // Some versions have none while there is no network.
    if (token === null) throw unknown();
    return { token, expiresIn: secondsLeft(token), user: userFrom(user, state, options) };
  };
  return {
    connect(changed) {
      let latest = 0;
      const stop = clerk.addListener(state => {
        const mine = (latest += 1);
        const tell = (grant: Grant | null): void => {
          // The token of an earlier session may come late.
          if (mine === latest) changed(grant);
        };
        // Clerk calls again when it knows who is signed in, and has a token.
        grantOf(state, false).then(tell, () => undefined);
      });
      return () => {
        latest = -1;
        stop();
      };
    },
    async token(force) {
      const grant = await grantOf(clerk, force);
      const ending = grant?.expiresIn !== undefined && grant.expiresIn < AHEAD;
      return ending && !force ? grantOf(clerk, true) : grant;
    },
    end: () => clerk.signOut(() => undefined),
  };
}

/** Clerk hands out tokens that it has had for a while: what counts is how long they still live, unless the local clock makes no sense of it. */
function secondsLeft(token: string): number | undefined {
  const { exp = 0, iat = 0 } = readJwt(token) ?? {};
  const left = exp - Date.now() / 1000;
  return left > 0 && left <= exp - iat ? left : undefined;
}

function unknown(): Error {
  return authError('not-now', 'temporarily-unavailable', 'Clerk has no token');
}

/** Clerk signs the user out by itself where the session is over; what it throws is no more proof. */
function sdkError(error: unknown): Error {
  const code = String(memberAt(error, 'code'));
  const offline = code === 'clerk_offline' || code === 'network_error';
  return offline ? authError('not-now', 'unreachable') : authError('not-now', 'sdk-failed', code);
}
