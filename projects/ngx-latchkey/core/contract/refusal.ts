import type { WireAnswer } from './wire';
import { isJsonObject } from './json';

/**
 * How the engine treats a failure:
 * - `refused`: the server said no, and meant it. The only class that ends a session.
 * - `not-now`: nobody knows; the session is kept and the call is tried again later.
 * - `needs-user`: the user has to do something first; the session is kept.
 * - `misconfigured`: the application or the server is set up wrongly; the session is kept.
 */
export type FailureClass = 'refused' | 'not-now' | 'needs-user' | 'misconfigured';

/** An answer that is not what was asked for, as plain data. */
export interface Refusal {
  readonly refusal: FailureClass;
  /** Stable and free of secrets; becomes {@link AuthError.code}. */
  readonly code: string;
  readonly status?: number;
  /** Seconds the server asked to wait. */
  readonly retryAfter?: number;
  /** The server's own sentence, for a person to read. */
  readonly detail?: string;
  /** What the explanation of the code needs to know; never a secret. */
  readonly facts?: readonly string[];
}

export function isRefusal(value: unknown): value is Refusal {
  return isJsonObject(value) && typeof value['refusal'] === 'string' && typeof value['code'] === 'string';
}

/** A refusal of the given class, with what the answer itself tells about it. */
export function refuse(refusal: FailureClass, code: string, answer: WireAnswer): Refusal {
  const detail = serverSentence(answer.json);
  const retryAfter = Number(answer.headers['retry-after']);
  return {
    refusal,
    code,
    status: answer.status,
    ...(detail !== undefined && { detail }),
    ...(retryAfter > 0 && { retryAfter }),
  };
}

/**
 * What any answer means that the provider does not know: too many requests and server trouble pass, and so does everything
 * that a proxy, a firewall or a captive portal may have put in the server's place. Never a reason to end a session.
 */
export function unexpectedAnswer(answer: WireAnswer): Refusal {
  const { status } = answer;
  if (status === 429) return refuse('not-now', 'rate-limited', answer);
  if (status >= 500 || status === 408 || status === 425) return refuse('not-now', 'server-error', answer);
  const kind =
    answer.json === undefined ? 'something that is not JSON, such as a web page' : 'JSON of another form';
  return { ...refuse('not-now', 'unexpected-answer', answer), facts: [String(status), kind] };
}

function serverSentence(json: unknown): string | undefined {
  if (!isJsonObject(json)) return undefined;
  const sentence = json['error_description'] ?? json['message'];
  return typeof sentence === 'string' && sentence !== '' ? sentence.slice(0, 300) : undefined;
}
