import type { GrantRefusal } from './errors.js';
import type { Rotation } from './settings.js';
import type { Session } from './state.js';

/** How many spent tokens a session remembers; one older than that is unknown instead of reused. */
export const REMEMBERED_TOKENS = 1000;

/** What a refresh is decided by. Times in milliseconds. */
export interface RotationPolicy {
  readonly rotation: Rotation;
  readonly overlap: number;
  readonly lifetime: number;
}

export type RefreshDecision =
  | { readonly kind: 'rotated' | 'repeated'; readonly session: Session }
  | { readonly kind: 'refused'; readonly reason: GrantRefusal; readonly session: Session };

/**
 * Decides a refresh (RFC 9700 section 4.14.2): the current token rotates; the one before it is answered again within the
 * overlap when the policy is `grace`; any other token of the family is a reuse and ends the session.
 *
 * @param session the family the presented token belongs to
 * @param presented digest of the presented token
 * @param successor digest of the token that follows it
 * @param now milliseconds since the epoch
 */
export function decideRefresh(
  session: Session,
  presented: string,
  successor: string,
  policy: RotationPolicy,
  now: number,
): RefreshDecision {
  if (session.ended !== undefined) {
    return { kind: 'refused', reason: session.ended.why === 'reused' ? 'reused' : 'revoked', session };
  }
  if (now >= session.expiresAt) return { kind: 'refused', reason: 'expired', session };
  if (presented === session.current)
    return { kind: 'rotated', session: rotate(session, successor, policy, now) };
  const { previous } = session;
  const isRepeat =
    policy.rotation === 'grace' &&
    previous?.digest === presented &&
    now - previous.rotatedAt <= policy.overlap;
  if (isRepeat) return { kind: 'repeated', session: { ...session, lastUsedAt: now } };
  return { kind: 'refused', reason: 'reused', session: { ...session, ended: { at: now, why: 'reused' } } };
}

function rotate(session: Session, successor: string, policy: RotationPolicy, now: number): Session {
  const spent = session.previous === undefined ? session.spent : [...session.spent, session.previous.digest];
  return {
    ...session,
    lastUsedAt: now,
    expiresAt: now + policy.lifetime,
    generation: session.generation + 1,
    current: successor,
    previous: { digest: session.current, rotatedAt: now },
    spent: spent.slice(-REMEMBERED_TOKENS),
  };
}
