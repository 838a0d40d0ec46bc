import type { ApiDialect, Held, LiveRecord, SessionEngine, UsableToken } from 'ngx-latchkey/core';
import type { ApiTokenSource } from './api-token-source';

/** Tokens that were handed out last and may come back as rejected. */
const REMEMBERED = 4;

/** The tokens of an engine, as one back end's API takes them. */
export function sessionTokenSource(
  engine: SessionEngine,
  api: ApiDialect,
  covers: (url: string) => boolean,
): ApiTokenSource {
  const handedOut = new Map<string, Pick<UsableToken, 'sid' | 'generation'>>();
  const tokenOf = (held: Held): string => api.token?.(held) ?? held.token;
  /** What is held, if the token is the present one. */
  const heldOf = (token: string): Held | undefined => {
    const held = engine.state().record?.held;
    return held && tokenOf(held) === token ? held : undefined;
  };
  const { judge, headers } = api;

  function handOut({ held, sid, generation }: UsableToken): string {
    const token = tokenOf(held);
    handedOut.delete(token);
    handedOut.set(token, { sid, generation });
    for (const oldest of handedOut.keys()) {
      if (handedOut.size <= REMEMBERED) break;
      handedOut.delete(oldest);
    }
    return token;
  }

  return {
    covers,
    told(type, method) {
      engine.tell({ type, method });
    },
    withCredentials: api.withCredentials === true,
    async token() {
      const usable = await engine.token();
      if (usable) return handOut(usable);
      handedOut.clear();
      return null;
    },
    watch(changed) {
      let last = engine.state().record;
      return engine.listen(() => {
        const { record } = engine.state();
        const before = last;
        if (record === before) return;
        last = record;
        if (before !== null && (record === null || !isSameUser(before, record))) {
          handedOut.clear();
          changed(null);
        }
        // A listener that signs out, say, has been told of that already.
        if (record === null || last !== record) return;
        const token = handOut(record);
        if (before === null || !isSameUser(before, record) || token !== tokenOf(before.held)) changed(token);
      });
    },
    headers(token) {
      const held = headers && heldOf(token);
      return held ? headers(held) : { Authorization: `Bearer ${token}` };
    },
    ...(judge && {
      judge(answer, token) {
        const held = heldOf(token);
        if (held) return judge(answer, held);
        return answer.status === 401 ? 'token-dead' : 'pass';
      },
    }),
    async rejected(token, verdict, replayed) {
      const known = handedOut.get(token);
      if (known === undefined) return null;
      if (verdict === 'session-over') {
        await engine.end('refused', known.sid);
        return null;
      }
      const fresh = await engine.rejected({ ...known, proven: verdict === 'token-refused', replayed });
      return fresh && handOut(fresh);
    },
  };
}

function isSameUser(one: LiveRecord, other: LiveRecord): boolean {
  const { user } = one.held;
  return one.sid === other.sid || (user !== undefined && user.id === other.held.user?.id);
}
