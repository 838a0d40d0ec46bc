import { isJsonObject, memberAt } from './json';
import type { WireAnswer } from './wire';

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
  /** What the engine does about it. */
  readonly failure: FailureClass;
  /** Stable and free of secrets; becomes {@link AuthError.code}. */
  readonly code: string;
  /** The HTTP status behind it, where there was an answer. */
  readonly status?: number | undefined;
  /** Seconds the server asked to wait. */
  readonly retryAfter?: number | undefined;
  /** The server's own sentence, for a person to read. */
  readonly detail?: string | undefined;
  /** What the explanation of the code needs to know; never a secret. */
  readonly facts?: readonly string[] | undefined;
}

/** Whether what `Exchange.read` came to is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return isJsonObject(value) && 'failure' in value;
}

/** Longer than any word and than a UUID. */
const TOKEN_LIKE = /[\w.~+=-]{40,}/g;

/** A refusal of the given class, with what the answer itself tells about it. */
export function refuse(
  failure: FailureClass,
  code: string,
  { status, json, headers }: WireAnswer,
  ...facts: readonly string[]
): Refusal {
  const sentence = memberAt(json, 'error_description') ?? memberAt(json, 'message');
  // A server may repeat in it what it was sent.
  const detail = typeof sentence === 'string' ? sentence.replace(TOKEN_LIKE, '…').slice(0, 300) : undefined;
  const { 'retry-after': after = '', date = '' } = headers;
  // Seconds, or a date (RFC 9110, section 10.2.3). That is one of the server's clock, which the same answer tells; the local clock may be hours off.
  const wait = Number(after) || Math.ceil((Date.parse(after) - Date.parse(date)) / 1_000);
  const retryAfter = Math.max(wait, 0) || undefined;
  return { failure, code, status, detail, retryAfter, facts };
}

/**
 * What any answer means that the provider does not know: too many requests and server trouble pass, and so does everything
 * that a proxy, a firewall or a captive portal may have put in the server's place. Never a reason to end a session.
 */
export function unexpectedAnswer(answer: WireAnswer): Refusal {
  const { status, json } = answer;
  if (status === 429) return refuse('not-now', 'rate-limited', answer);
  if (status >= 500 || status === 408 || status === 425) return refuse('not-now', 'server-error', answer);
  return refuse('not-now', 'unexpected-answer', answer, String(status), isJsonObject(json) ? 'JSON' : '');
}
