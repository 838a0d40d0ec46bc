import { createHmac } from 'node:crypto';

/** Seconds that a code is shown. */
const PERIOD = 30;

/** The six digits that an authenticator app shows now (RFC 6238), for a secret of plain text. */
export function oneTimeCode(secret: string): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / PERIOD)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const place = digest.readUInt8(digest.length - 1) % 16;
  return `${(digest.readUInt32BE(place) % 2 ** 31) % 1_000_000}`.padStart(6, '0');
}
