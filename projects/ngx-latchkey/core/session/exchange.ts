import { AuthError } from '../contract/auth-error';
import { isRefusal, type Refusal } from '../contract/refusal';
import type { AuthHttp, Exchange } from '../contract/exchange';
import type { Transport } from './ports';

/** Milliseconds that a server has to answer. */
export const ANSWER_DEADLINE = 10_000;
/** Milliseconds that a server has to answer what can no longer change anything here. */
export const FAREWELL_DEADLINE = 3_000;

/** What an exchange came to; never rejects. */
export async function perform<Input, Output>(
  exchange: Exchange<Input, Output>,
  input: Input,
  transport: Transport,
  deadline = ANSWER_DEADLINE,
): Promise<Output | Refusal> {
  try {
    return exchange.read(await transport(exchange.request(input), deadline), input);
  } catch (error) {
    // A transport that got no answer rejects, and a provider of the user's own may throw while reading one.
    return asRefusal(error);
  }
}

export function asRefusal(error: unknown): Refusal {
  return error instanceof AuthError ? error : { failure: 'not-now', code: 'unexpected-answer' };
}

/** The same for providers: rejects where {@link perform} returns a refusal. */
export function authHttp(transport: Transport): AuthHttp {
  return {
    async send(exchange, input) {
      const outcome = await perform(exchange, input, transport);
      if (isRefusal(outcome)) throw outcome instanceof AuthError ? outcome : new AuthError(outcome);
      return outcome;
    },
  };
}
