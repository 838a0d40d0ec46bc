import { type Refusal, type WireAnswer, isJsonObject, memberAt } from 'ngx-latchkey/core';
import { failureIn } from './averos-statuses';

/**
 * Whether a user name or an e-mail address is taken, in any form that Averos servers say it: `{ userNameNotAvailable: true }` or `null` as it is
 * documented, `{ exists: true }` as the published mock server has it.
 */
export function readTaken(
  answer: WireAnswer,
  documented: 'userNameNotAvailable' | 'emailNotAvailable',
): boolean | Refusal {
  const { status, json } = answer;
  if (status === 200 && json === null) return false;
  const said = memberAt(json, documented) ?? memberAt(json, 'exists');
  if (status === 200 && isJsonObject(json) && typeof said === 'boolean') return said;
  return failureIn(answer);
}
