import type { LiveRecord } from '../../projects/ngx-latchkey/core/session/session-record';

/** The record of a session whose token was received then; times are in milliseconds. */
export function tokenRecord(receivedAt: number, life: number): LiveRecord {
  return { v: 1, sid: '', epoch: 1, generation: 1, held: { token: '' }, receivedAt, life };
}
