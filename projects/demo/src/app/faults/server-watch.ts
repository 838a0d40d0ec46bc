import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { ServerState } from '../server/auth-server';
import { AuthServerAdmin } from '../server/auth-server-admin';

const INTERVAL = 1_500;

/** The server's state as it is now, asked for again and again while a page shows it. */
@Injectable()
export class ServerWatch {
  private readonly admin = inject(AuthServerAdmin);
  /** `null` while the server has not answered, or no longer does. */
  readonly state = signal<ServerState | null>(null);

  constructor() {
    const timer = setInterval(() => void this.look(), INTERVAL);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
    void this.look();
  }

  async look(): Promise<void> {
    try {
      this.state.set(await this.admin.state());
    } catch {
      // The server is away; the page says so, and the next look may find it.
      this.state.set(null);
    }
  }
}
