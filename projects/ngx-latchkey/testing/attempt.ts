import {
  AuthError,
  type AuthHttp,
  type AuthProvider,
  type Grant,
  type Held,
  type WireAnswer,
  type WireRequest,
  authError,
  isRefusal,
} from 'ngx-latchkey/core';
import { must } from './promise';
import type { ProviderScript } from './provider-script';

/** What somebody holds of whom nothing is known. Whatever has one of its secrets has it from here. */
export const HELD: Held = {
  token: 'canary-token',
  secret: 'canary-secret',
  user: { id: '1', roles: [], permissions: [], profile: {} },
};

/** What a sign-in came to. */
export interface Attempt {
  readonly outcome: unknown;
  readonly sent: readonly WireRequest[];
}

/** A server that has one answer to everything; with `null` one that cannot be reached. */
export function serverOf(answer: WireAnswer | null, sent: WireRequest[] = []): AuthHttp {
  return {
    async send(exchange, given) {
      await Promise.resolve();
      sent.push(exchange.request(given));
      if (answer === null) throw authError('not-now', 'unreachable');
      const outcome = exchange.read(answer, given);
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  };
}

export async function signIn(
  provider: AuthProvider,
  answer: WireAnswer | null,
  input: object,
): Promise<Attempt> {
  const sent: WireRequest[] = [];
  try {
    return { outcome: await provider.signIn.start(input, serverOf(answer, sent)), sent };
  } catch (error) {
    must(error instanceof AuthError, `what is thrown is an AuthError, not ${String(error)}`);
    return { outcome: error, sent };
  }
}

/** What is held by whoever has signed in, with secrets that are known wherever they turn up. */
export async function heldOf({ provider, input, signedIn }: ProviderScript): Promise<Held> {
  if (input === undefined || signedIn === undefined) return HELD;
  const { outcome } = await signIn(provider(), signedIn, input);
  const { user, memory } = outcome as Partial<Grant>;
  return { ...HELD, ...(user && { user }), ...(memory !== undefined && { memory }) };
}
