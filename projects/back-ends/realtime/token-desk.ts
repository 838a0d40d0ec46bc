interface Issued {
  readonly user: string;
  readonly expires: number;
}

/** Hands tokens out, and knows which of them live. */
export class TokenDesk {
  /** Milliseconds that a token lives. */
  lifetime = 60_000;
  /** How often a refresh token was used. */
  renewals = 0;
  private readonly issued = new Map<string, Issued>();

  grant(user: string): object {
    const token = `${user}-${String(this.issued.size + 1)}`;
    this.issued.set(token, { user, expires: Date.now() + this.lifetime });
    return { token, expiresIn: this.lifetime / 1000, secret: user, user };
  }

  renew(secret: string): object {
    this.renewals += 1;
    return this.grant(secret);
  }

  revoke(token: string): void {
    this.issued.delete(token);
  }

  /** Whose the token is and how many milliseconds it has left, if it lives. */
  check(token: unknown): { readonly user: string; readonly left: number } | null {
    const found = typeof token === 'string' ? this.issued.get(token) : undefined;
    const left = (found?.expires ?? 0) - Date.now();
    return found && left > 0 ? { user: found.user, left } : null;
  }
}
