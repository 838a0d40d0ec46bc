import type { AuthProvider } from '../contract/auth-provider';
import type { AuthUser } from '../contract/auth-user';
import type { AuthHttp } from '../contract/exchange';
import { asRefusal } from './exchange';
import type { RecordStore } from './ports';
import type { SessionHappening } from './session-event';
import { type LiveRecord, isLive } from './session-record';

/** What asking about the user needs of the engine. */
export interface UserQuestions {
  readonly change: RecordStore['change'];
  readonly tell: (happening: SessionHappening) => void;
  readonly known: (record: LiveRecord) => void;
  readonly refused: (sid: string) => Promise<void>;
}

/** Asks the server about the user of a session that is safe already, and that stays if nobody answers. */
export interface SessionUser {
  /** Who it is, where the grant does not say it. */
  identify(record: LiveRecord): Promise<void>;
  /** Whether a session still holds, and who it is by now. */
  check(record: LiveRecord): Promise<void>;
}

export function sessionUser(
  { session, identify }: AuthProvider,
  http: AuthHttp,
  { change, tell, known, refused }: UserQuestions,
): SessionUser {
  async function know(user: AuthUser | undefined, sid: string): Promise<void> {
    const record = await change(current =>
      isLive(current) && current.sid === sid ? { ...current, held: { ...current.held, user } } : undefined,
    );
    if (isLive(record)) known(record);
  }

  return {
    async identify({ held, sid }) {
      if (identify === undefined) return;
      try {
        await know(await identify(held, http), sid);
      } catch (error) {
        tell({ type: 'user-unknown', code: asRefusal(error).code });
      }
    },
    async check({ held, sid }) {
      if (session.kind === 'delegated' || session.check === undefined) return;
      try {
        await know(await http.send(session.check, held), sid);
      } catch (error) {
        if (asRefusal(error).failure === 'refused') await refused(sid);
      }
    },
  };
}
