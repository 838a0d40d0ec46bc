import { safeReturnUrl } from 'ngx-latchkey';

describe('F69: safeReturnUrl', () => {
  const safe = [
    '/',
    '/account',
    '/account/settings?tab=2#top',
    '/search?q=a%20b&url=https%3A%2F%2Fexample.com',
    '/a;matrix=1/b',
    '/logins',
    '/login-history',
    '/caf%C3%A9',
    '/x?next=//evil.test',
  ];
  const unsafe = [
    '',
    'account',
    'https://evil.test/',
    'https:evil.test',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\\/evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '\u0000/account',
    ' /account',
    '/%09/evil.test',
    '/%0d%0aSet-Cookie:x=1',
    '/%5cevil.test',
    '/%2fevil.test',
    '/%2f%2fevil.test',
    '/%2F%5Cevil.test',
    '/.//evil.test',
    '/a/..//evil.test',
    '/a//b',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://evil.test/1',
    '/\u202egnp.exe',
    '/%E2%80%AEgnp.exe',
    '/%',
    '/%zz',
    '/login',
    '/LOGIN',
    '/login/',
    '/login?returnUrl=%2Flogin',
    '/login#x',
    '/%6cogin',
    '/login;a=1',
    `/${'x'.repeat(3_000)}`,
  ];
  for (const url of safe)
    it(`accepts ${JSON.stringify(url)}`, () => {
      expect(safeReturnUrl(url, ['/login'])).toBe(url);
    });
  for (const url of unsafe) {
    it(`refuses ${JSON.stringify(url.slice(0, 60))}`, () => {
      expect(safeReturnUrl(url, ['/login'])).toBeNull();
    });
  }
  for (const value of [null, undefined, 1, {}, ['/account']]) {
    it(`refuses ${String(value)}, which is no text`, () => {
      expect(safeReturnUrl(value, [])).toBeNull();
    });
  }
});
