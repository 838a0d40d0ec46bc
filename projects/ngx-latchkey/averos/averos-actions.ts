import type { ActionContext, AuthUser, Grant } from 'ngx-latchkey/core';
import { type AverosAccounts, averosAccounts } from './averos-accounts';
import type { AverosOptions } from './averos-options';
import { type AverosProfiles, averosProfiles } from './averos-profiles';
import type { AverosServer } from './averos-server';
import { averosSessionFromLocalStorage, forgetLocalStorageSession } from './local-storage-session';

/** What Averos can do besides keeping a session; see `injectAuthActions`. */
export interface AverosActions extends AverosAccounts, AverosProfiles {
  /**
   * Takes over the session of an Averos 1.4 application, once: afterwards its entry in `localStorage` is gone. Changes nothing where somebody is
   * signed in. Call it when `auth.settled()` has resolved.
   *
   * @param session default {@link averosSessionFromLocalStorage}
   * @returns who is signed in then
   */
  resume(session?: Grant | null): Promise<AuthUser | null>;
}

export function averosActions(
  context: ActionContext,
  server: AverosServer,
  options: AverosOptions,
): AverosActions {
  return {
    ...averosAccounts(context.http, server, options),
    ...averosProfiles(context, server, options),
    async resume(session = averosSessionFromLocalStorage(options)) {
      if (session !== null && context.held() === null) await context.signIn(session);
      forgetLocalStorageSession();
      return context.held()?.user ?? null;
    },
  };
}
