import { AuthError } from 'ngx-latchkey';
import { settle } from '../testing-support/fake-clock';
import { TokenSourceDouble } from '../testing-support/token-source-double';
import { type SocketIoOptions, socketIoAuth, socketIoConnection } from './socket-io';

const url = 'https://api.test/';

/** The socket of a client, as it behaves towards whoever holds it. */
class ClientDouble {
  connected = false;
  active = false;
  readonly calls: string[] = [];
  private readonly listeners = new Map<string, Set<(told: Error) => void>>();

  on(event: string, listener: (told: Error) => void): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: (told: Error) => void): void {
    this.listeners.get(event)?.delete(listener);
  }

  connect(): void {
    this.calls.push('connect');
    this.active = true;
  }

  disconnect(): void {
    this.calls.push('disconnect');
    this.cut();
  }

  accept(): void {
    this.connected = true;
    this.tell('connect');
  }

  /** By the server or by itself; a bad line leaves it active. */
  cut(active = false): void {
    const was = this.connected;
    this.connected = false;
    this.active = active;
    if (was) this.tell('disconnect');
  }

  refuse(message: string): void {
    this.active = false;
    this.tell('connect_error', new Error(message));
  }

  private tell(event: string, told = new Error()): void {
    for (const listener of this.listeners.get(event) ?? []) listener(told);
  }
}

describe('A socket.io connection', () => {
  let tokens: TokenSourceDouble;
  let client: ClientDouble;
  let close: () => void;

  beforeEach(() => {
    jasmine.clock().install().mockDate();
    spyOn(Math, 'random').and.returnValue(1);
    tokens = new TokenSourceDouble();
    client = new ClientDouble();
  });

  afterEach(() => {
    close();
    jasmine.clock().uninstall();
  });

  const pass = async (span: number): Promise<void> => {
    jasmine.clock().tick(span);
    await settle();
  };
  const start = async (options: Partial<SocketIoOptions> = {}): Promise<void> => {
    ({ close } = socketIoConnection(tokens, client, { url, ...options }));
    await pass(0);
  };

  it('connects when somebody is signed in, and disconnects with the session', async () => {
    tokens.current = null;
    await start();
    expect(client.calls).toEqual([]);
    tokens.become('ada-1');
    await pass(0);
    client.accept();
    expect(client.calls).toEqual(['connect']);
    tokens.become(null);
    expect(client.calls).toEqual(['connect', 'disconnect']);
    await pass(100_000);
    expect(client.calls.length).toBe(2);
  });

  it('connects again with a renewed token', async () => {
    await start();
    client.accept();
    tokens.become('ada-2');
    await pass(0);
    expect(client.calls).toEqual(['connect', 'disconnect', 'connect']);
  });

  it('comes back after the server has cut it off', async () => {
    await start();
    client.accept();
    client.cut();
    await pass(1_000);
    expect(client.calls).toEqual(['connect', 'disconnect', 'connect']);
  });

  it('leaves a bad line to socket.io', async () => {
    await start();
    client.accept();
    client.cut(true);
    await pass(100_000);
    expect(client.calls).toEqual(['connect']);
  });

  it('authenticates by a call, after each connect and with each renewed token, where that is wanted', async () => {
    const calls: string[] = [];
    await start({ authenticate: token => calls.push(token) });
    tokens.become('ada-2');
    client.accept();
    tokens.become('ada-3');
    client.cut(true);
    client.accept();
    expect(calls).toEqual(['ada-2', 'ada-3', 'ada-3']);
    expect(client.calls).toEqual(['connect']);
  });

  it('has a token renewed that the server does not take', async () => {
    tokens.successor = 'ada-2';
    await start({ isRejection: ({ message }) => message === 'jwt expired' });
    client.refuse('full');
    await pass(1_000);
    client.refuse('jwt expired');
    await pass(0);
    await pass(2_000);
    expect(tokens.rejections).toEqual([['ada-1', 'token-dead', false]]);
    expect(client.calls.filter(call => call === 'connect').length).toBe(3);
  });

  it('gives each handshake the token of the moment, and none while nobody is signed in', async () => {
    close = () => undefined;
    const auth = socketIoAuth(tokens, { url });
    const sent: string[] = [];
    const handshake = async (): Promise<void> => {
      auth(({ token }) => sent.push(token));
      await settle();
    };
    await handshake();
    tokens.current = 'ada-2';
    await handshake();
    tokens.current = null;
    await handshake();
    tokens.trouble = new Error('temporarily-unavailable');
    await handshake();
    expect(sent).toEqual(['ada-1', 'ada-2']);
  });

  it('goes nowhere that is not allowed', () => {
    close = () => undefined;
    const evil = { url: 'https://evil.test' };
    expect(() => socketIoAuth(tokens, evil)).toThrowError(AuthError, /origin-not-allowed/);
    expect(() => socketIoConnection(tokens, client, evil)).toThrowError(AuthError, /origin-not-allowed/);
  });
});
