import { AuthError, type FailureClass } from 'ngx-latchkey/core';

function messageOf(code: string, failure: FailureClass = 'not-now'): string {
  return new AuthError({ failure, code }).message;
}

describe('The message of an AuthError', () => {
  const withoutFacts = [
    'invalid-credentials',
    'invalid-input',
    'lock-timeout',
    'no-answer',
    'not-provided',
    'not-renewable',
    'rate-limited',
    'server-error',
    'session-ended',
    'temporarily-unavailable',
    'too-many-waiting',
    'unauthenticated',
    'unexpected-answer',
    'unreachable',
  ];
  for (const code of withoutFacts) {
    it(`explains ${code} also where nothing more is known`, () => {
      expect(messageOf(code)).toMatch(new RegExp(`^${code}: [A-Z].*\\.$`));
      expect(messageOf(code)).not.toContain('undefined');
    });
  }

  it('is the code alone where there is nothing to explain', () => {
    expect(messageOf('of-another-provider')).toBe('of-another-provider');
  });

  it("ends with the server's own sentence", () => {
    const error = new AuthError({
      failure: 'refused',
      code: 'invalid-credentials',
      detail: 'Locked until noon.',
    });
    expect(error.message).toMatch(/: Locked until noon\.$/);
  });
});
