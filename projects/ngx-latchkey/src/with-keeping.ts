import { type Keeping, sharedPorts, tabPorts } from 'ngx-latchkey/core';
import type { AuthFeature } from './auth-feature';
import { PORTS } from './auth-setup';

/**
 * Chooses where the session is kept.
 *
 * @param keeping `'persistent'` (the default): in IndexedDB, shared by all tabs and kept across reloads.
 * `'tab'`: in the memory of one tab, gone with a reload; for shared computers.
 *
 * @example provideAuth(jwtServer({ url }), withKeeping('tab'))
 */
export function withKeeping(keeping: Keeping): AuthFeature<'keeping'> {
  return {
    ɵkind: 'keeping',
    ɵproviders: [{ provide: PORTS, useValue: keeping === 'tab' ? tabPorts : sharedPorts }],
  };
}
