/** A name that nobody else has or can guess: 32 hexadecimal digits. */
export function uniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
