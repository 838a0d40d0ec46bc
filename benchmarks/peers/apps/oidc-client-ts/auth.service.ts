import { Injectable, signal } from '@angular/core';
import { type User, UserManager } from 'oidc-client-ts';
import { addresses } from '../shared/addresses';

@Injectable({ providedIn: 'root' })
export class AuthService {
  readonly user = signal<User | null>(null);
  readonly manager = new UserManager({
    authority: addresses.issuer,
    client_id: addresses.clientId,
    redirect_uri: `${window.location.origin}/signin-callback`,
    post_logout_redirect_uri: window.location.origin,
    response_type: 'code',
    scope: 'openid profile email offline_access',
  });

  constructor() {
    this.manager.events.addUserLoaded(user => this.user.set(user));
    this.manager.events.addUserUnloaded(() => this.user.set(null));
  }

  async start(): Promise<void> {
    this.user.set(await this.manager.getUser());
  }

  login(returnUrl?: string): Promise<void> {
    return this.manager.signinRedirect({ url_state: returnUrl });
  }

  logout(): Promise<void> {
    return this.manager.signoutRedirect();
  }
}
