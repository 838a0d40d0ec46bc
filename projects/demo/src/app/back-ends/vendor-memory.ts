/** What a vendor's SDK remembers of its user, in all tabs and over reloads. The stand-ins for the SDKs know one user only. */
export interface VendorMemory {
  isSignedIn(): boolean;
  /** Calls back with every change, also of other tabs. The result stops it. */
  listen(changed: () => void): () => void;
  /** `false` if the name or the password is wrong. */
  signIn(username: string, password: string): boolean;
  signOut(): void;
}

export function vendorMemory(vendor: string): VendorMemory {
  const key = `demo user of ${vendor}`;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const changed of listeners) changed();
  };
  addEventListener('storage', event => {
    if (event.key === key) tell();
  });
  return {
    isSignedIn: () => localStorage.getItem(key) !== null,
    listen(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    signIn(username, password) {
      if (username !== 'ada' || password !== 'latchkey-ada') return false;
      localStorage.setItem(key, username);
      tell();
      return true;
    },
    signOut() {
      localStorage.removeItem(key);
      tell();
    },
  };
}

/** A JWT that nobody has signed, as a stand-in for one of the vendor's. */
export function unsignedJwt(claims: Readonly<Record<string, unknown>>, life: number): string {
  const iat = Math.floor(Date.now() / 1000);
  const part = (data: object): string =>
    btoa(JSON.stringify(data)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const payload = { ...claims, jti: crypto.randomUUID(), iat, exp: iat + life };
  return `${part({ alg: 'none' })}.${part(payload)}.`;
}
