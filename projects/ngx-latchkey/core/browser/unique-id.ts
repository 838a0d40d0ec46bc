/** A name that nobody else has or can guess: 32 hexadecimal digits. */
export function uniqueId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return bytes.reduce((digits, byte) => digits + byte.toString(16).padStart(2, '0'), '');
}
