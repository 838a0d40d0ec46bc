import type { FirebaseSdkAuth, FirebaseSdkUser } from 'ngx-latchkey/firebase';
import { type VendorMemory, unsignedJwt, vendorMemory } from './vendor-memory';

/** Seconds that its tokens live, as Firebase's do. */
const LIFE = 3600;

export const firebaseMemory: VendorMemory = vendorMemory('Firebase');

/** In place of what the Firebase SDK's `getAuth()` returns: the members that the adapter uses. */
export function firebaseStandIn(): FirebaseSdkAuth {
  const ada = newUser();
  const listeners = new Set<() => void>();
  const current = (): FirebaseSdkUser | null => (firebaseMemory.isSignedIn() ? ada.user : null);
  ada.onNewToken = () => {
    for (const changed of listeners) changed();
  };
  return {
    app: { options: { projectId: 'demo-test' } },
    get currentUser() {
      return current();
    },
    onIdTokenChanged(next) {
      const changed = (): void => next(current());
      changed();
      listeners.add(changed);
      const stop = firebaseMemory.listen(changed);
      return () => {
        listeners.delete(changed);
        stop();
      };
    },
    async signOut() {
      firebaseMemory.signOut();
    },
  };
}

/** Keeps a token until a new one is forced, and tells of that. */
function newUser(): { readonly user: FirebaseSdkUser; onNewToken: () => void } {
  let token: string | undefined;
  const ada = {
    onNewToken: (): void => undefined,
    user: {
      async getIdToken(force = false) {
        if (token !== undefined && !force) return token;
        token = unsignedJwt(
          { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.test', roles: ['editor'] },
          LIFE,
        );
        if (force) ada.onNewToken();
        return token;
      },
    },
  };
  return ada;
}
