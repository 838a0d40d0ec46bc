import { readJwt } from 'ngx-latchkey/core';

function part(value: unknown): string {
  return encode(typeof value === 'string' ? value : JSON.stringify(value));
}

function encode(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function jwt(payload: unknown): string {
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.c2lnbmF0dXJl`;
}

describe('F62: readJwt', () => {
  it('reads the claims', () => {
    const claims = readJwt(
      jwt({ sub: '1', name: 'Ada Ångström 👩‍💻', exp: 1_700_000_000, iat: 1_699_999_000 }),
    );
    expect({ ...claims }).toEqual({
      sub: '1',
      name: 'Ada Ångström 👩‍💻',
      exp: 1_700_000_000,
      iat: 1_699_999_000,
    });
  });

  const noJwts: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 42],
    ['an object', {}],
    ['an empty text', ''],
    ['an opaque token', 'pE4nbS1v0kqk3mJ0mVq0hE1s2Qw3'],
    ['two parts', 'a.b'],
    ['five parts, as of an encrypted token', 'aaaa.bbbb.cccc.dddd.eeee'],
    ['an empty payload', `${part({})}..c2ln`],
    ['padding', `${part({})}.e30=.c2ln`],
    ['white space', ` ${jwt({ sub: '1' })}`],
    ['a line feed', `${jwt({ sub: '1' })}\n`],
    ['plain base64', `${part({})}.+/+/.c2ln`],
    ['an impossible length', `${part({})}.abcde.c2ln`],
    ['a payload that is no JSON', `${part({})}.${part('hello')}.c2ln`],
    ['a payload that is a list', jwt([1, 2])],
    ['a payload that is null', jwt(null)],
    ['a payload that is a text', jwt('"text"')],
    ['bytes that are not UTF-8', `${part({})}.${btoa('{"sub":"\xe9"}').replace(/=+$/, '')}.c2ln`],
    ['a very deep payload', jwt(JSON.parse('['.repeat(20) + ']'.repeat(20)) as unknown)],
    ['a deep member', jwt({ a: JSON.parse('['.repeat(20) + ']'.repeat(20)) as unknown })],
    ['a huge token', jwt({ text: 'x'.repeat(100_000) })],
  ];
  for (const [name, token] of noJwts) {
    it(`takes ${name} for no JWT`, () => {
      expect(readJwt(token)).toBeNull();
    });
  }

  for (const exp of ['1700000000', -1, 0, 1_700_000_000_000, 1e308, null, [1], {}, true]) {
    it(`takes exp ${JSON.stringify(exp)} for unknown, not for expired`, () => {
      const claims = readJwt(jwt({ sub: '1', exp }));
      expect(claims?.sub).toBe('1');
      expect(claims?.exp).toBeUndefined();
    });
  }

  it('cannot be used to reach a prototype', () => {
    const claims = readJwt(jwt('{"sub":"1","__proto__":{"admin":true},"constructor":1}'));
    expect(claims?.['admin']).toBeUndefined();
    expect(Object.keys(claims ?? {})).toEqual(['sub']);
    expect('admin' in {}).toBe(false);
  });
});
