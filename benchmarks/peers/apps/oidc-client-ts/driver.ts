import { provideDriver } from '../shared/driver';
import { AuthService } from './auth.service';

export const driver = provideDriver(injector => {
  const auth = injector.get(AuthService);
  return {
    login: () => auth.login(),
    logout: () => auth.logout(),
    signedIn: () => auth.user() !== null,
  };
});
