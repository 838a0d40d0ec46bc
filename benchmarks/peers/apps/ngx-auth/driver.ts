import { provideDriver } from '../shared/driver';
import { AuthenticationService } from './authentication.service';

export const driver = provideDriver(injector => {
  const auth = injector.get(AuthenticationService);
  return {
    login: () => auth.login('ada', 'latchkey-ada').subscribe(),
    logout: () => auth.logout(),
    signedIn: () => localStorage.getItem('accessToken') !== null,
  };
});
