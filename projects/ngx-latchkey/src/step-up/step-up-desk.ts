import { signal } from '@angular/core';
import { AuthError, type LiveRecord, authError } from 'ngx-latchkey/core';
import { type Observable, of } from 'rxjs';
import type { AuthSetup, StepUpDesk } from '../auth-setup';
import { type ParkedRequests, type Release, parkedRequests } from './parked-requests';
import { type StepUpRequirement, meets, requirementIn } from './requirement';
import { forUser, isSame } from './same-user';
import type { StepUpChallenge } from './step-up-challenge';

/** Tries after which a challenge is given up. */
const TRIES = 2;

/** What a desk works with. */
export interface StepUpRules {
  /** Milliseconds that requests wait at most. */
  readonly maxWait: number;
  /** Requests that may wait. */
  readonly maxRequests: number;
  /** Runs the task once after so many milliseconds; the result cancels it. */
  readonly after: (delay: number, task: () => void) => () => void;
  readonly ask: (challenge: StepUpChallenge) => void | Promise<void>;
}

/** A challenge that the user has not met yet. */
interface OpenChallenge {
  readonly asked: StepUpRequirement;
  /** The session that does not do. */
  base: LiveRecord;
  failures: number;
  readonly requests: ParkedRequests;
  readonly stop: () => void;
  signingIn: Promise<void> | null;
}

/** Where requests wait for the user: one challenge at a time, whatever the number of requests. The session is left alone. */
export function stepUpDesk(
  { provider, engine, flow }: Pick<AuthSetup, 'provider' | 'engine' | 'flow'>,
  { maxWait, maxRequests, after, ask }: StepUpRules,
): StepUpDesk {
  const challenge = signal<StepUpChallenge | null>(null);
  let open: OpenChallenge | null = null;

  function close(outcome: Release): void {
    const closed = open;
    open = null;
    challenge.set(null);
    closed?.stop();
    closed?.requests.release(outcome);
  }

  function show(shown: OpenChallenge, error: AuthError | null): StepUpChallenge {
    const next: StepUpChallenge = {
      ...shown.asked,
      error,
      signIn: () => (shown.signingIn ??= signIn(shown).finally(() => (shown.signingIn = null))),
      cancel: () => {
        if (open === shown) close(authError('needs-user', 'step-up-cancelled'));
      },
    };
    challenge.set(next);
    return next;
  }

  function fail(failed: OpenChallenge, error: AuthError): void {
    if (open !== failed) return;
    failed.failures += 1;
    if (failed.failures >= TRIES) close(null);
    else show(failed, error);
  }

  async function signIn(shown: OpenChallenge): Promise<void> {
    const input = { popup: true, ...shown.asked };
    // Comes first: browsers let a page open a window only right after a click.
    const departure = flow?.depart(input);
    try {
      const outcome = departure && (await engine.signIn(input));
      if (departure === undefined || outcome === undefined || !('redirect' in outcome)) {
        throw authError('misconfigured', 'step-up-unsupported', provider.id);
      }
      await departure.go(outcome, forUser(provider, shown.base.held.user), engine);
    } catch (error) {
      departure?.cancel();
      fail(shown, error instanceof AuthError ? error : authError('not-now', 'unexpected-answer'));
    }
  }

  /** Whoever signed the user in, and wherever: what counts is the session that came of it. */
  function look(shown: OpenChallenge): void {
    const { record, endReason } = engine.state();
    if (open !== shown || record?.sid === shown.base.sid) return;
    if (record === null || !isSame(shown.base.held.user, record.held.user)) {
      close(authError('needs-user', 'session-ended', endReason ?? 'account-switch'));
    } else if (meets(record, shown.asked) === false) {
      shown.base = record;
      fail(shown, authError('needs-user', 'authentication-requirements-unmet'));
    } else {
      close(engine.usable());
    }
  }

  function begin(asked: StepUpRequirement, base: LiveRecord): OpenChallenge {
    const stops = [
      engine.listen(() => {
        look(begun);
      }),
      after(maxWait, () => {
        close(null);
      }),
    ];
    const begun: OpenChallenge = {
      asked,
      base,
      failures: 0,
      requests: parkedRequests(maxRequests, () => {
        if (open === begun) close(null);
      }),
      stop: () => {
        for (const stop of stops) stop();
      },
      signingIn: null,
    };
    open = begun;
    const shown = show(begun, null);
    // A handler that fails has not asked anybody.
    const asking = async (): Promise<void> => ask(shown);
    asking().catch(shown.cancel);
    return begun;
  }

  return {
    challenge: challenge.asReadonly(),
    close: () => {
      close(null);
    },
    park(answer, { sid, held }): Observable<ReturnType<typeof engine.usable>> | undefined {
      const asked = requirementIn(answer);
      if (asked === null) return undefined;
      const { record } = engine.state();
      if (record === null || !isSame(held.user, record.held.user)) return of(null);
      // The user has signed in anew while the request was on its way.
      if (record.sid !== sid) return of(engine.usable());
      return (open ?? begin(asked, record)).requests.wait();
    },
  };
}
