import {
  AuthError,
  type AuthHttp,
  type AuthProvider,
  type Json,
  type SessionEngine,
  type Transport,
  type WireRequest,
  authError,
} from 'ngx-latchkey/core';
import { boundRenewal } from './bound-renewal';
import type { DpopKey } from './dpop-key';
import { dpopTransport } from './dpop-transport';
import type { KeyStore } from './key-store';
import { type Prover, prover } from './prover';
import { sessionKey } from './session-key';

/** A session whose tokens are bound to a key. */
export interface DpopSession {
  /** The provider, whose sign-ins begin with a key. */
  readonly provider: AuthProvider;
  /** For the APIs, whose nonces are others than those of the provider's endpoints, even at one origin. */
  readonly apis: Prover;
  /** A transport for the session's own requests. */
  transport(plain: Transport): Transport;
  /** Follows the session: its clock, and its end. */
  follow(engine: SessionEngine): void;
  /**
   * The key of a session; one that has lost its key is over.
   *
   * @throws AuthError `session-ended`, `storage-unreadable`
   */
  keyOf(sid: string): Promise<DpopKey>;
}

/** @throws AuthError `dpop-unsupported` */
export function dpopSession(provider: AuthProvider, store: KeyStore): DpopSession {
  const { session, signIn } = provider;
  if (session.kind !== 'renewable' || session.secretAt === undefined) {
    throw authError('misconfigured', 'dpop-unsupported', provider.id);
  }
  const { secretAt } = session;
  const { callback } = signIn;
  const key = sessionKey(store);
  let engine: SessionEngine | undefined;
  let skew = 0;
  const sid = (): string | undefined => engine?.state().record?.sid;
  const endpoints = prover(() => skew);
  const renewals = new WeakSet<WireRequest>();

  return {
    provider: {
      ...provider,
      session: { ...session, renew: boundRenewal(session, renewals) },
      signIn: {
        ...signIn,
        start: async (input, http) => signIn.start(input, await binding(http, key.obtain(sid()))),
        ...(callback && {
          callback: {
            ...callback,
            complete: async (url: URL, transaction: Json, http: AuthHttp) =>
              callback.complete(url, transaction, await binding(http, key.of(sid()))),
          },
        }),
      },
    },
    apis: prover(() => skew),
    transport: plain => dpopTransport(plain, () => key.of(sid()), endpoints, secretAt, renewals),
    follow(followed) {
      engine = followed;
      engine.listen(event => {
        if (event?.type === 'clock-skew') skew = event.skew;
        // Only where the logout was asked for: another tab may have signed in anew by the time that it hears of it.
        if (event?.type === 'ended' && event.reason === 'user') void key.drop();
      });
    },
    async keyOf(wanted) {
      try {
        return await key.of(wanted);
      } catch (error) {
        if (!(error instanceof AuthError && error.code === 'dpop-key-lost')) throw error;
        await engine?.end('refused', wanted);
        throw authError('needs-user', 'session-ended', 'dpop-key-lost');
      }
    },
  };
}

/** What a sign-in learns of the key, from its start to its end. */
async function binding(http: AuthHttp, key: Promise<DpopKey>): Promise<AuthHttp> {
  return { ...http, keyThumbprint: (await key).thumbprint };
}
