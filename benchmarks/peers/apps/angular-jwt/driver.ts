import { provideDriver } from '../shared/driver';
import { AuthService } from './auth.service';

export const driver = provideDriver(injector => {
  const auth = injector.get(AuthService);
  return {
    login: () => auth.login('ada', 'latchkey-ada').subscribe(),
    logout: () => auth.logout(),
    signedIn: () => localStorage.getItem('refresh_token') !== null,
  };
});
