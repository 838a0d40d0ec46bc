import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import { type AuthConfig, OAuthService } from 'angular-oauth2-oidc';
import { addresses } from '../shared/addresses';

const config: AuthConfig = {
  issuer: addresses.issuer,
  redirectUri: window.location.origin,
  clientId: addresses.clientId,
  responseType: 'code',
  scope: 'openid profile email offline_access',
};

export async function startSession(): Promise<void> {
  const oauth = inject(OAuthService);
  const router = inject(Router);
  oauth.configure(config);
  oauth.setupAutomaticSilentRefresh();
  await oauth.loadDiscoveryDocumentAndTryLogin();
  if (oauth.state) await router.navigateByUrl(decodeURIComponent(oauth.state));
}

export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const oauth = inject(OAuthService);
  if (oauth.hasValidAccessToken()) return true;
  oauth.initLoginFlow(url);
  return false;
};
