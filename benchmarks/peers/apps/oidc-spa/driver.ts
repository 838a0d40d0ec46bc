import { HttpContext } from '@angular/common/http';
import { provideDriver } from '../shared/driver';
import { Oidc, REQUIRE_ACCESS_TOKEN } from './oidc.service';

export const driver = provideDriver(injector => {
  const oidc = injector.get(Oidc);
  return {
    login: () => oidc.login(),
    logout: () => oidc.logout({ redirectTo: 'home' }),
    signedIn: () => oidc.isUserLoggedIn,
    context: new HttpContext().set(REQUIRE_ACCESS_TOKEN, true),
  };
});
