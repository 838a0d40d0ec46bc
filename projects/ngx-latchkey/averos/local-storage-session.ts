import type { Grant } from 'ngx-latchkey/core';
import type { AverosUserOptions } from './averos-options';
import { sessionFrom } from './averos-session';

/** Where applications made with Averos 1.4 keep the whole `auth_token` object. */
const OLD_ENTRY = 'auth_token';

/**
 * The session that an Averos 1.4 application left in `localStorage['auth_token']`, or `null`. How long its token lives is unknown.
 *
 * @example await injectAuthActions(averos).resume(); // makes it the session
 */
export function averosSessionFromLocalStorage(options: AverosUserOptions = {}): Grant | null {
  try {
    return sessionFrom(JSON.parse(localStorage.getItem(OLD_ENTRY) ?? 'null'), options) ?? null;
  } catch {
    // There is no storage here, or it may not be read, or what is there is no JSON.
    return null;
  }
}

/** Takes the old session away, so that it is not found a second time. */
export function forgetLocalStorageSession(): void {
  try {
    localStorage.removeItem(OLD_ENTRY);
  } catch {
    // Nobody can read it then.
  }
}
