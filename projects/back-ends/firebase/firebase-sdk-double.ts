import type { FirebaseSdkAuth, FirebaseSdkUser } from 'ngx-latchkey/firebase';

/** A user of the double; its token says who it is and for how long. */
export class SdkUserDouble implements FirebaseSdkUser {
  readonly asked: boolean[] = [];
  /** The code of the error that asking for a token comes to. */
  trouble: string | null = null;
  /** Resolves the tokens that are asked for from now on; at once by default. */
  arrival: Promise<void> = Promise.resolve();
  private issued = 0;
  private readonly uid: string;
  private readonly span: { readonly iat: number; readonly exp: number };

  constructor(uid: string, span: { readonly iat: number; readonly exp: number }) {
    this.uid = uid;
    this.span = span;
  }

  async getIdToken(forceRefresh = false): Promise<string> {
    this.asked.push(forceRefresh);
    const arrival = this.arrival;
    await arrival;
    if (this.trouble !== null) throw Object.assign(new Error('Firebase: Error'), { code: this.trouble });
    if (forceRefresh) this.issued += 1;
    const part = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');
    const claims = {
      sub: this.uid,
      name: `User ${this.uid}`,
      roles: ['admin'],
      version: this.issued,
      ...this.span,
    };
    return `${part({ alg: 'none' })}.${part(claims)}.`;
  }
}

/** The surface of the SDK's `Auth`, as far as it is used. */
export class FirebaseAuthDouble implements FirebaseSdkAuth {
  readonly app = { options: { projectId: 'demo-test' } };
  currentUser: SdkUserDouble | null = null;
  endings = 0;
  private listener: ((user: FirebaseSdkUser | null) => void) | null = null;

  get heard(): boolean {
    return this.listener !== null;
  }

  async authStateReady(): Promise<void> {
    // Known from the beginning.
  }

  onIdTokenChanged(next: (user: FirebaseSdkUser | null) => void): () => void {
    this.listener = next;
    next(this.currentUser);
    return () => {
      this.listener = null;
    };
  }

  async signOut(): Promise<void> {
    this.endings += 1;
    this.become(null);
  }

  /** Somebody else, or nobody, is signed in from now on. */
  become(user: SdkUserDouble | null): void {
    this.currentUser = user;
    this.listener?.(user);
  }
}
