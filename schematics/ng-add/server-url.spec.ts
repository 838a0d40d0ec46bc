import { parseServerUrl } from './server-url';

describe('The URL of the auth server', () => {
  const accepted: readonly (readonly [typed: string, url: string])[] = [
    ['http://localhost:3333', 'http://localhost:3333'],
    ['http://localhost:3333/', 'http://localhost:3333'],
    ['  https://auth.example.com  ', 'https://auth.example.com'],
    ['https://AUTH.example.com:443/base//', 'https://auth.example.com/base'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:3333', 'http://[::1]:3333'],
    ['HTTPS://auth.example.com', 'https://auth.example.com'],
  ];
  for (const [typed, url] of accepted) {
    it(`accepts ${JSON.stringify(typed)}`, () => {
      expect(parseServerUrl(typed)).toEqual({ url });
    });
  }

  const refused: readonly (readonly [typed: string, words: RegExp])[] = [
    ['', /empty.*http:\/\/localhost:3333/],
    ['   ', /empty/],
    ['localhost:3333', /Did you mean http:\/\/localhost:3333\?/],
    ['auth.example.com', /Did you mean https:\/\/auth\.example\.com\?/],
    ['ftp://auth.example.com', /no http or https URL/],
    ['javascript:alert(1)', /no http or https URL/],
    ['file:///etc/passwd', /no http or https URL/],
    ['http:/auth.example.com', /no http or https URL/],
    ['http://auth.example.com', /use https/],
    ['http://localhost.evil.test', /use https/],
    ['http://192.168.1.5:3333', /use https/],
    ['https://ada:opensesame@auth.example.com', /user name or password/],
    ['https://auth.example.com/?tenant=1', /query/],
    ['https://auth.example.com?', /query/],
    ['https://auth.example.com/#x', /query/],
    ['https://auth.example.com/a b', /character/],
    ["https://auth.example.com/'})", /character/],
    ['https://auth.example.com\\@evil.test', /character/],
    ['https://', /no http or https URL/],
  ];
  for (const [typed, words] of refused) {
    it(`refuses ${JSON.stringify(typed)} and says why`, () => {
      const parsed = parseServerUrl(typed);
      expect('problem' in parsed ? parsed.problem : '').toMatch(words);
      expect(JSON.stringify(parsed)).not.toContain('opensesame');
    });
  }
});
