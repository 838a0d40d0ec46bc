import { DEFAULT_RULES, requirementFor, satisfies } from '../src/rules.js';

describe('rules', () => {
  it('match a path exactly, or below a prefix, first come first', () => {
    const rules = [
      { path: '/api/a', rule: 'allow' },
      { path: '/api/b/*', rule: 'authenticated' },
      { path: '/api/b/x', rule: 'allow' },
    ] as const;
    const paths = ['/api/a', '/api/a/', '/api/ab', '/api/b', '/api/b/', '/api/b/x', '/api/bx'];
    expect(paths.map(path => requirementFor(rules, path))).toEqual([
      'allow',
      ...[undefined, undefined, undefined],
      ...(['authenticated', 'authenticated'] as const),
      undefined,
    ]);
    expect(requirementFor(DEFAULT_RULES, '/api/admin')).toEqual({ role: 'admin' });
  });

  it('compare claims by value and type, and never with what an object inherits', () => {
    const claims = { level: 3, flags: ['a'], roles: 'admin' };
    expect(satisfies({ claim: 'level', value: 3 }, claims)).toBe(true);
    expect(satisfies({ claim: 'level', value: '3' }, claims)).toBe(false);
    expect(satisfies({ claim: 'flags', value: 'a' }, claims)).toBe(true);
    expect(satisfies({ claim: 'toString', value: 'a' }, claims)).toBe(false);
    expect(satisfies({ role: 'admin' }, claims)).toBe(false);
  });
});
