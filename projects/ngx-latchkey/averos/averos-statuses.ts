import {
  type FailureClass,
  type Refusal,
  type WireAnswer,
  isJsonObject,
  memberAt,
  refuse,
  unexpectedAnswer,
} from 'ngx-latchkey/core';

/** What a status means, by number. */
export type Meanings = Readonly<Record<number, readonly [FailureClass, string]>>;

/** The statuses that only Averos has. No proxy speaks them, so the body does not matter. */
const OWN: Meanings = {
  // "Show nothing, let the caller handle it."
  442: ['refused', 'declined'],
  446: ['not-now', 'quota-reached'],
  460: ['refused', 'session-refused'],
  // Only the published mock server answers so, where it has a stub.
  461: ['misconfigured', 'not-implemented'],
  471: ['refused', 'account-not-verified'],
};

/** What an answer without what was asked for means. `more` are those of one endpoint; a 401 is believed in any form, the others in JSON. */
export function failureIn(answer: WireAnswer, more: Meanings = {}): Refusal {
  const { status, json } = answer;
  if (status === 442 && memberAt(json, 'code') === 'account_locked') {
    return refuse('refused', 'account-locked', answer);
  }
  const particular = status === 401 || isJsonObject(json) ? more[status] : undefined;
  const meaning = OWN[status] ?? particular;
  return meaning ? refuse(...meaning, answer) : unexpectedAnswer(answer);
}

/** What an answer says that has what was asked for, and what any other means. */
export function readOr<Output>(
  answer: WireAnswer,
  read: (json: unknown) => Output | undefined,
  more: Meanings,
): Output | Refusal {
  return (isDone(answer) ? read(answer.json) : undefined) ?? failureIn(answer, more);
}

/** Whether the answer says that it was done, which may take any form. */
export function isDone({ status }: WireAnswer): boolean {
  return status >= 200 && status < 300;
}
