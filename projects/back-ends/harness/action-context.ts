import { type ActionContext, authError } from 'ngx-latchkey/core';

/** What actions are given where no engine is needed: what is left out does nothing, and nobody is signed in. */
export function contextOf(given: Pick<ActionContext, 'http'> & Partial<ActionContext>): ActionContext {
  const held = given.held ?? (() => null);
  return {
    signIn: () => Promise.resolve(),
    usable() {
      const now = held();
      return now === null ? Promise.reject(authError('needs-user', 'unauthenticated')) : Promise.resolve(now);
    },
    end: () => Promise.resolve(),
    ...given,
    held,
  };
}
