import { OAuthService } from 'angular-oauth2-oidc';
import { provideDriver } from '../shared/driver';

export const driver = provideDriver(injector => {
  const oauth = injector.get(OAuthService);
  return {
    login: () => {
      oauth.initLoginFlow();
    },
    logout: () => {
      oauth.logOut();
    },
    signedIn: () => oauth.hasValidAccessToken(),
  };
});
