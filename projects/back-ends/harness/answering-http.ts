import { AuthError, type AuthHttp, type WireAnswer, type WireRequest, isRefusal } from 'ngx-latchkey/core';

/** A server that gives one answer, whatever it is asked. */
export interface AnsweringHttp extends AuthHttp {
  /** What it was asked, in order. */
  readonly requests: readonly WireRequest[];
}

export function answeringHttp(json: unknown, status = 200): AnsweringHttp {
  const requests: WireRequest[] = [];
  const answer: WireAnswer = { status, headers: {}, json };
  return {
    requests,
    async send(exchange, input) {
      requests.push(exchange.request(input));
      const outcome = exchange.read(answer, input);
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  };
}
