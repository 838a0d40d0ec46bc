import {
  type ApiSide,
  type AuthProvider,
  type Grant,
  type Held,
  type SessionKind,
  type SignIn,
  isJsonObject,
  isRefusal,
} from 'ngx-latchkey/core';

/**
 * The sign-in of one back end with the APIs of another. Where the APIs say who the user is, they have the last word, and what the sign-in
 * said is kept to tell whether a renewal is still the same person's.
 */
export function composedProvider(provider: AuthProvider, { api, identify }: ApiSide): AuthProvider {
  if (identify === undefined) return { ...provider, api };
  return {
    ...provider,
    signIn: signInOf(provider.signIn),
    session: sessionOf(provider.session),
    api: {
      ...api,
      ...(api.token && { token: held => api.token?.(unmarked(held)) ?? held.token }),
      ...(api.headers && { headers: held => api.headers?.(unmarked(held)) ?? {} }),
      ...(api.judge && { judge: (answer, held) => api.judge?.(answer, unmarked(held)) ?? 'pass' }),
    },
    identify: (held, http) => identify(unmarked(held), http),
  };
}

function signInOf({ start, answer, callback, ...rest }: SignIn<object>): SignIn<object> {
  return {
    ...rest,
    async start(input, http) {
      const step = await start(input, http);
      return 'token' in step ? marked(step) : step;
    },
    ...(answer && {
      async answer(challenge, input, http) {
        const step = await answer(challenge, input, http);
        return 'token' in step ? marked(step) : step;
      },
    }),
    ...(callback && {
      callback: {
        ...callback,
        complete: async (url, transaction, http) => marked(await callback.complete(url, transaction, http)),
        ...(callback.signOut && {
          signOut: (held: Held, state: string) => callback.signOut?.(unmarked(held), state) ?? null,
        }),
      },
    }),
  };
}

function sessionOf(session: SessionKind): SessionKind {
  if (session.kind === 'delegated') return session;
  const { end } = session;
  const ending = end && {
    end: { request: (held: Held) => end.request(unmarked(held)), read: end.read },
  };
  // Who the user is, is asked of the APIs; a check of the sign-in's server would say it in its own words.
  if (session.kind === 'fixed') return { kind: 'fixed', ...ending };
  const { renew, check: _, ...rest } = session;
  return {
    ...rest,
    ...ending,
    renew: {
      request: held => renew.request(unmarked(held)),
      read(answer, held) {
        const grant = renew.read(answer, unmarked(held));
        return isRefusal(grant) ? grant : marked(grant, held);
      },
    },
  };
}

/** A grant that says nothing of the user, but remembers who it was for. */
function marked({ user, ...grant }: Grant, held?: Held): Grant {
  const known = subjectIn(held);
  const memory = grant.memory ?? (held && unmarked(held).memory) ?? null;
  return {
    ...grant,
    // Another person's renewal has to be seen as one.
    ...(user && known !== undefined && user.id !== known && { user }),
    memory: { subject: known ?? user?.id ?? null, memory },
  };
}

function unmarked(held: Held): Held {
  const { user: _, memory, ...rest } = held;
  const mine = isJsonObject(memory) ? memory['memory'] : undefined;
  const subject = subjectIn(held);
  return {
    ...rest,
    ...(subject !== undefined && { user: { id: subject, roles: [], permissions: [], profile: {} } }),
    ...(mine !== null && mine !== undefined && { memory: mine }),
  };
}

function subjectIn(held: Held | undefined): string | undefined {
  const subject = isJsonObject(held?.memory) ? held.memory['subject'] : undefined;
  return typeof subject === 'string' ? subject : undefined;
}
