import { AuthService } from 'ngx-latchkey';
import { provideDriver } from '../shared/driver';

export const driver = provideDriver(injector => {
  const auth = injector.get(AuthService);
  return {
    login: () => auth.login({ username: 'ada', password: 'latchkey-ada' }),
    logout: () => auth.logout(),
    signedIn: () => auth.isAuthenticated(),
  };
});
