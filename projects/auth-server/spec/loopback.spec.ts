import { hostnameOf, isLoopbackAddress, isLoopbackHost } from '../src/loopback.js';

describe('loopback', () => {
  it('knows the addresses of this machine, as sockets give them', () => {
    for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) {
      expect(isLoopbackAddress(address)).toBe(true);
    }
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '128.0.0.1', '0.0.0.0', undefined]) {
      expect(isLoopbackAddress(address)).toBe(false);
    }
  });

  it('reads the name out of a Host header and takes nothing else for one', () => {
    expect(hostnameOf('localhost:3333')).toBe('localhost');
    expect(hostnameOf('[::1]:3333')).toBe('[::1]');
    for (const header of [undefined, '', 'localhost:x', 'a@localhost', 'localhost/', '[::1']) {
      expect(hostnameOf(header)).toBeUndefined();
    }
  });

  it('does not take a name for this machine because it begins or ends like it', () => {
    for (const name of [
      'localhost.evil.test',
      'evil-localhost',
      '127.0.0.1.evil.test',
      '1270.0.0.1',
      'evil.localhost',
    ]) {
      expect(isLoopbackHost(name)).toBe(false);
    }
  });
});
