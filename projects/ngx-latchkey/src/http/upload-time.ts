/** Bytes a second of a slow line. */
const SLOW = 125_000;

/** Milliseconds that a body may be on its way; a small one, or one whose size nobody knows, takes no time. */
export function uploadTime(body: unknown): number {
  const size = body instanceof Blob ? body.size : body instanceof ArrayBuffer ? body.byteLength : 0;
  return size > SLOW ? (size / SLOW) * 1_000 : 0;
}
