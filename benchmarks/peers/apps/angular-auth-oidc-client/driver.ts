import { OidcSecurityService } from 'angular-auth-oidc-client';
import { provideDriver } from '../shared/driver';

export const driver = provideDriver(injector => {
  const oidc = injector.get(OidcSecurityService);
  return {
    login: () => oidc.authorize(),
    logout: () => oidc.logoff().subscribe(),
    signedIn: () => oidc.authenticated().isAuthenticated,
  };
});
