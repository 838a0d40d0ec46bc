import { authError } from '../contract/auth-error';
import type { ActionContext } from '../contract/auth-provider';
import type { SessionEngine } from './session-engine';

/** What a provider's own actions may use of an engine. */
export function actionContext(engine: SessionEngine): ActionContext {
  return {
    http: engine.http,
    signIn: grant => engine.accept(grant),
    held: () => engine.state().record?.held ?? null,
    async usable() {
      const token = await engine.token();
      if (token === null) throw authError('needs-user', 'unauthenticated');
      return token.held;
    },
    end: () => engine.end('user'),
  };
}
