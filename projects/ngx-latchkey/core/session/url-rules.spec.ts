import { AuthError, compileUrlRules } from 'ngx-latchkey/core';

const PAGE = 'https://app.example.com';

function matcher(rules: readonly string[], base = `${PAGE}/`): (url: string) => boolean {
  return compileUrlRules(rules, PAGE, () => base);
}

describe('F63: URL rules', () => {
  const cases: readonly (readonly [rule: string, inside: readonly string[], outside: readonly string[]])[] = [
    [
      'https://api.example.com',
      [
        'https://api.example.com',
        'https://api.example.com/',
        'https://api.example.com/v1/users?q=a b#top',
        'https://API.Example.COM/v1',
        'https://api.example.com:443/v1',
        '//api.example.com/v1',
        'https://api.example.com/%2e%2e/v1',
      ],
      [
        'https://api.example.com.evil.test/',
        'https://api.example.com.evil.test',
        'https://evil.test/https://api.example.com',
        'https://evil.test/?https://api.example.com',
        'https://api.example.com@evil.test/',
        'https://user@api.example.com/',
        'https://user:word@api.example.com/',
        'http://api.example.com/',
        'https://api.example.com:8443/',
        'https://api.example.com./',
        'https://xapi.example.com/',
        'https://example.com/',
        'https://аpi.example.com/',
        'https://evil.test\\@api.example.com/',
        'https:\\\\api.example.com/',
        'https://api.example.com\\.evil.test/',
        '\\\\evil.test/',
        '//evil.test/',
        '/v1',
        'v1',
        '',
        ' https://api.example.com/',
        'https://api.example.com/\t',
        'ht\ntps://api.example.com/',
        'blob:https://api.example.com/1',
        'data:text/plain,https://api.example.com',
        'javascript:https://api.example.com',
        'wss://api.example.com/',
      ],
    ],
    [
      'https://api.example.com/v1',
      [
        'https://api.example.com/v1',
        'https://api.example.com/v1/',
        'https://api.example.com/v1/users',
        'https://api.example.com/v1?x=%2e',
        'https://api.example.com/v1#x',
        'https://api.example.com/v2/../v1/users',
      ],
      [
        'https://api.example.com/',
        'https://api.example.com/v10',
        'https://api.example.com/v1.evil',
        'https://api.example.com/V1',
        'https://api.example.com/v1/../admin',
        'https://api.example.com/v1/%2e%2e/admin',
        'https://api.example.com/v1/%2E%2E%2Fadmin',
        'https://api.example.com/v1%2fusers',
        'https://api.example.com/v1/..%5cadmin',
        'https://api.example.com/v1\\..\\admin',
        'https://api.example.com//v1',
      ],
    ],
    [
      'https://api.example.com/v1/',
      ['https://api.example.com/v1', 'https://api.example.com/v1/x'],
      ['https://api.example.com/v1x'],
    ],
    [
      'https://*.example.com',
      ['https://api.example.com/', 'https://other.example.com/v1'],
      [
        'https://example.com/',
        'https://a.b.example.com/',
        'https://.example.com/',
        'https://evilexample.com/',
        'https://api.example.com.evil.test/',
        'https://api.example.com:8443/',
      ],
    ],
    [
      'https://api.example.com:8443',
      ['https://api.example.com:8443/x'],
      ['https://api.example.com/x', 'https://api.example.com:84430/x'],
    ],
    [
      'http://localhost:3333',
      ['http://localhost:3333/auth/me'],
      ['http://localhost:33330/', 'https://localhost:3333/', 'http://127.0.0.1:3333/'],
    ],
    ['http://[::1]:3333', ['http://[::1]:3333/x'], ['http://[::2]:3333/x']],
    [
      '/api',
      ['/api', '/api/users', 'api/users', `${PAGE}/api`, './api'],
      ['/apis', '/', 'https://evil.test/api', '//evil.test/api'],
    ],
    ['/', ['/x', 'x', `${PAGE}/deep/er`], ['https://evil.test/', 'http://app.example.com/']],
  ];

  for (const [rule, inside, outside] of cases) {
    const matches = matcher([rule]);
    for (const url of inside)
      it(`${rule} covers ${JSON.stringify(url)}`, () => {
        expect(matches(url)).toBe(true);
      });
    for (const url of outside)
      it(`${rule} does not cover ${JSON.stringify(url)}`, () => {
        expect(matches(url)).toBe(false);
      });
  }

  it('covers nothing without rules', () => {
    expect(matcher([])(`${PAGE}/api`)).toBe(false);
  });

  it('resolves relative URLs as the page does, wherever a <base> may point', () => {
    expect(matcher(['/api'], 'https://evil.test/')('/api/users')).toBe(false);
    expect(matcher(['/api'], `${PAGE}/deep/`)('api/users')).toBe(false);
    expect(matcher(['/api'], `${PAGE}/deep/`)('../api/users')).toBe(true);
  });

  it('notices when the <base> changes', () => {
    let base = `${PAGE}/`;
    const matches = compileUrlRules(['/api'], PAGE, () => base);
    expect(matches('api')).toBe(true);
    base = 'https://evil.test/';
    expect(matches('api')).toBe(false);
  });

  it('gives the same answers when asked about many URLs', () => {
    const matches = matcher(['https://api.example.com']);
    for (let number = 0; number < 1_000; number += 1) {
      expect(matches(`https://api.example.com/${String(number)}`)).toBe(true);
      expect(matches(`https://api.example.com.evil.test/${String(number)}`)).toBe(false);
    }
  });

  const refused: readonly (readonly [rule: string, code: string])[] = [
    ['http://api.example.com', 'insecure-url'],
    ['ftp://api.example.com', 'insecure-url'],
    ['api.example.com', 'invalid-url-rule'],
    ['', 'invalid-url-rule'],
    ['https://user:word@api.example.com', 'invalid-url-rule'],
    ['https://api.example.com?x=1', 'invalid-url-rule'],
    ['https://api.example.com#x', 'invalid-url-rule'],
    ['https://*.com', 'invalid-wildcard'],
    ['https://*', 'invalid-wildcard'],
    ['https://api.*.com', 'invalid-wildcard'],
    ['https://*.*.example.com', 'invalid-wildcard'],
    ['//api.example.com', 'invalid-url-rule'],
  ];
  for (const [rule, code] of refused) {
    it(`refuses the rule ${JSON.stringify(rule)}`, () => {
      expect(() => matcher([rule])).toThrowError(AuthError, new RegExp(code));
    });
  }
});
