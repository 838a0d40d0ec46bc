import { rulesWithServer } from './rules-with-server';

describe('rulesWithServer', () => {
  const other = 'https://other.test/v1';

  it('adds all of the server', () => {
    expect(rulesWithServer('https://api.test')).toEqual(['https://api.test']);
    expect(rulesWithServer('https://api.test', [other])).toEqual(['https://api.test', other]);
    expect(rulesWithServer('/', [other])).toEqual(['/', other]);
  });

  it('leaves it at the paths of the server that are named', () => {
    const paths = ['https://api.test/v1', other];
    expect(rulesWithServer('https://api.test', paths)).toEqual(paths);
    expect(rulesWithServer('/', ['/api'])).toEqual(['/api']);
  });

  it('takes no other origin for the server’s', () => {
    for (const rule of ['https://api.test.evil.test/v1', 'https://api.test:8443/v1', 'http://api.test/v1']) {
      expect(rulesWithServer('https://api.test', [rule])).toEqual(['https://api.test', rule]);
    }
  });
});
