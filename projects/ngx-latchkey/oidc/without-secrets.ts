/** A server's sentence without what looks like a token or a code: some repeat what they were sent. */
export function withoutSecrets(sentence: string | undefined): string | undefined {
  return sentence?.slice(0, 300).replace(/[\w.~+/=-]{20,}/g, '…');
}
