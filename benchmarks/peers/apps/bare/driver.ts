import { provideDriver } from '../shared/driver';

export const driver = provideDriver(() => ({
  login: () => undefined,
  logout: () => undefined,
  signedIn: () => false,
}));
