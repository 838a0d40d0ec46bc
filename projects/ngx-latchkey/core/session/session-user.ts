import type { AuthProvider } from '../contract/auth-provider';
import type { AuthUser } from '../contract/auth-user';
import type { AuthHttp } from '../contract/exchange';
import type { Refusal } from '../contract/refusal';
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
  /** Whether a session that cannot be renewed still holds, and who it is by now. */
  check(record: LiveRecord): Promise<void>;
}

export function sessionUser(
  { session, identify }: AuthProvider,
  http: AuthHttp,
  { change, tell, known, refused }: UserQuestions,
): SessionUser {
  async function learn(
    { sid }: LiveRecord,
    ask: () => Promise<AuthUser>,
    failed: (refusal: Refusal) => unknown,
  ): Promise<void> {
    try {
      const user = await ask();
      const record = await change(current =>
        isLive(current) && current.sid === sid ? { ...current, held: { ...current.held, user } } : undefined,
      );
      if (isLive(record)) known(record);
    } catch (error) {
      await failed(asRefusal(error));
    }
  }

  return {
    async identify(record) {
      if (!identify) return;
      await learn(
        record,
        () => identify(record.held, http),
        ({ code }) => {
          tell({ type: 'user-unknown', code });
        },
      );
    },
    async check(record) {
      const check = session.kind === 'fixed' && session.check;
      if (!check) return;
      await learn(
        record,
        () => http.send(check, record.held),
        ({ failure }) => failure === 'refused' && refused(record.sid),
      );
    },
  };
}
