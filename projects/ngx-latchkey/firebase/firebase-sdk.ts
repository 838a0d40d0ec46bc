import { type Grant, type VendorSdk, authError, memberAt, readJwt } from 'ngx-latchkey/core';
import { type FirebaseClaimPaths, userIn } from './firebase-answers';

/** What is used of the SDK's `User`. */
export interface FirebaseSdkUser {
  getIdToken(forceRefresh?: boolean): Promise<string>;
}

/** What is used of the SDK's `Auth`, of Firebase 9 or later. */
export interface FirebaseSdkAuth {
  readonly app: { readonly options: { readonly projectId?: string } };
  readonly currentUser: FirebaseSdkUser | null;
  /** Since Firebase 10. */
  authStateReady?(): Promise<void>;
  onIdTokenChanged(next: (user: FirebaseSdkUser | null) => void): () => void;
  signOut(): Promise<void>;
}

/** The SDK as the engine wants to see it. */
export function firebaseSdk(auth: FirebaseSdkAuth, paths: FirebaseClaimPaths): VendorSdk {
  const grantOf = async (user: FirebaseSdkUser | null, force = false): Promise<Grant | null> => {
    if (user === null) return null;
    const token = await user.getIdToken(force).catch((error: unknown) => {
      throw sdkError(error);
    });
    return { token, expiresIn: secondsLeft(token), user: userIn(token, paths) };
  };
  return {
    connect(changed) {
      let latest = 0;
      const stop = auth.onIdTokenChanged(user => {
        const mine = (latest += 1);
        const tell = (grant: Grant | null): void => {
          // The token of an earlier user may come late.
          if (mine === latest) changed(grant);
        };
        // Without a network there is no token yet, and the SDK calls again.
        grantOf(user).then(tell, () => undefined);
      });
      return () => {
        latest = -1;
        stop();
      };
    },
    async token(force) {
      await auth.authStateReady?.();
      return grantOf(auth.currentUser, force);
    },
    end: () => auth.signOut(),
  };
}

/** The SDK hands out tokens that it has had for a while: what counts is how long they still live, unless the local clock makes no sense of it. */
function secondsLeft(token: string): number | undefined {
  const { exp = 0, iat = 0 } = readJwt(token) ?? {};
  const left = exp - Date.now() / 1000;
  return left > 0 && left <= exp - iat ? left : undefined;
}

/** The SDK signs the user out by itself where the session is over; what it throws is no more proof. */
function sdkError(error: unknown): Error {
  const code = String(memberAt(error, 'code'));
  if (code === 'auth/network-request-failed') return authError('not-now', 'unreachable');
  return authError('not-now', code === 'auth/too-many-requests' ? 'rate-limited' : 'sdk-failed', code);
}
