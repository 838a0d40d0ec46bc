import type { RequestFields } from './request-fields.js';

/** The rules for names, addresses and passwords that both contracts share. */
export function readUsername(fields: RequestFields, name: string): string {
  const expected = 'must have 2 to 64 characters, without spaces and without @';
  return fields.text(name, { min: 2, max: 64, pattern: /^[^\s@\p{Cc}]+$/u, expected });
}

export function readNewPassword(fields: RequestFields, name: string): string {
  return fields.text(name, { min: 8, max: 256, expected: 'must have 8 to 256 characters' });
}

export function readOptionalEmail(fields: RequestFields, name: string): string | undefined {
  const expected = 'must be an e-mail address';
  return fields.optionalText(name, { max: 254, pattern: /^[^\s@]+@[^\s@]+$/, expected });
}

export function readOptionalName(fields: RequestFields, name: string): string | undefined {
  return fields.optionalText(name, { max: 200, expected: 'must be a text of at most 200 characters' });
}
