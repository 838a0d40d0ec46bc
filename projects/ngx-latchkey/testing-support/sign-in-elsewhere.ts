import { type AuthProvider, type Grant, type RedirectFlow, authError } from 'ngx-latchkey/core';

/** A provider whose users sign in in a window of its own: what they come back with is set by the test. */
export class SignInElsewhere {
  /** What each sign-in was asked for. */
  readonly asked: object[] = [];
  /** What the next sign-ins come to, in order: a grant, or the code of an error. */
  readonly outcomes: (Grant | string)[] = [];
  /** The sign-in with which the page is opened. */
  arrival: Promise<void> | undefined;

  readonly provider = (given: AuthProvider): AuthProvider => ({
    ...given,
    signIn: {
      start: async input => {
        this.asked.push(input);
        return { redirect: 'https://login.test/', state: 'state', transaction: null };
      },
      callback: {
        stateIn: () => null,
        cleaned: url => url,
        complete: async () => {
          const outcome = this.outcomes.shift() ?? 'popup-closed';
          if (typeof outcome === 'string') throw authError('needs-user', outcome);
          return outcome;
        },
        flow: () => this.flow,
      },
    },
  });

  private readonly flow: RedirectFlow = {
    signIn: async (input, provider, engine) => {
      const outcome = await engine.signIn(input);
      return 'redirect' in outcome ? this.flow.depart(input).go(outcome, provider, engine) : outcome;
    },
    depart: () => ({
      go: async ({ transaction }, { signIn: { callback } }, engine) => {
        const grant = await callback?.complete(new URL('https://app.test/'), transaction, engine.http);
        if (grant !== undefined) await engine.accept(grant);
        return { user: engine.state().record?.held.user ?? null };
      },
      cancel: () => undefined,
    }),
    arrive: () => this.arrival,
    signOut: () => undefined,
  };
}

/** A token that says how its user signed in, unsigned. */
export function tokenWith(claims: object): string {
  const part = (data: object): string =>
    btoa(JSON.stringify(data)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'none' })}.${part({ iat: Math.floor(Date.now() / 1000), ...claims })}.`;
}

/** What a server hands out to Ada, or to somebody else. */
export function grantOf(token: string, id = '1'): Grant {
  return {
    token,
    secret: `secret of ${token}`,
    expiresIn: 3_600,
    user: { id, roles: [], permissions: [], profile: {} },
  };
}
