import { refuse } from './refusal';

describe('refuse', () => {
  const detailOf = (message: unknown) =>
    refuse('refused', 'session-refused', { status: 401, headers: {}, json: { message } }).detail;

  it('tells the sentence of the server, as long as it is one', () => {
    expect(detailOf('Trace 3f2504e0-4f89-41d3-9a0c-0305e82c3301: the session is over.')).toBe(
      'Trace 3f2504e0-4f89-41d3-9a0c-0305e82c3301: the session is over.',
    );
    expect(detailOf({ message: 'not a sentence' })).toBeUndefined();
    expect(detailOf('no '.repeat(200))?.length).toBe(300);
  });

  for (const [kind, token] of [
    [
      'a JWT',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfYWRhIiwiZXhwIjoxfQ.c2lnbmF0dXJlLW9mLTMyLWJ5dGVzLWluLWFsbA',
    ],
    ['an opaque token', 'kZ8x0pQ3vN1rT6yU9wE2aS5dF4gH7jK_lM-bV3cX0zQ'],
  ] as const) {
    it(`leaves ${kind} out of it, wherever it stands`, () => {
      expect(detailOf(`Token ${token} is not known.`)).toBe('Token … is not known.');
      expect(detailOf(`${'so '.repeat(95)}"${token}"`)).not.toContain(token.slice(0, 8));
    });
  }
});
