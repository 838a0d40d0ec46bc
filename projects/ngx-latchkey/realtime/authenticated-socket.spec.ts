import { TestBed } from '@angular/core/testing';
import { AuthError } from 'ngx-latchkey';
import { TokenSourceDouble } from '../testing-support/token-source-double';
import { type AuthenticatedSocket, type SocketOptions, authenticatedSocket } from './authenticated-socket';
import { eachMessage, firstMessage, queryParameterUnsafe, subProtocol } from './token-place';

class SocketDouble {
  onopen: ((event: never) => unknown) | null = null;
  onmessage: ((event: never) => unknown) | null = null;
  onclose: ((event: never) => unknown) | null = null;
  onerror: ((event: never) => unknown) | null = null;
  readonly sent: unknown[] = [];
  closed = false;
  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: readonly string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  send(message: unknown): void {
    this.sent.push(message);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.({} as never);
  }

  receive(data: unknown): void {
    this.onmessage?.({ data } as never);
  }

  break(code = 1006): void {
    this.onclose?.({ code } as never);
  }
}

const place = firstMessage(token => `token ${token}`);

describe('authenticatedSocket', () => {
  let tokens: TokenSourceDouble;
  let sockets: SocketDouble[];
  let told: string[];
  const open: { close(): void }[] = [];

  beforeEach(() => {
    jasmine.clock().install().mockDate();
    spyOn(Math, 'random').and.returnValue(1);
    tokens = new TokenSourceDouble();
    sockets = [];
    told = [];
  });

  afterEach(() => {
    for (const one of open.splice(0)) one.close();
    jasmine.clock().uninstall();
  });

  const pass = async (span: number): Promise<void> => {
    jasmine.clock().tick(span);
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
  };
  const start = async <Message>(
    options: Partial<SocketOptions<Message>> & Pick<SocketOptions<Message>, 'place'>,
  ): Promise<AuthenticatedSocket<Message>> => {
    const socket = authenticatedSocket(tokens, {
      url: 'wss://api.test/live',
      create(url, protocols) {
        const double = new SocketDouble(url, protocols);
        sockets.push(double);
        return double;
      },
      opened: () => told.push('opened'),
      closed: () => told.push('closed'),
      received: data => told.push(String(data)),
      failed: ({ code }) => told.push(code),
      ...options,
    });
    open.push(socket);
    await pass(0);
    return socket;
  };
  const newest = (): SocketDouble => {
    const last = sockets.at(-1);
    if (!last) throw new Error('no socket');
    return last;
  };

  it('sends the token first, then lets the application begin', async () => {
    const socket = await start({ place, opened: () => void socket.send('subscribe') });
    newest().open();
    await pass(0);
    newest().receive('hello');
    expect(newest().url).toBe('wss://api.test/live');
    expect(newest().sent).toEqual(['token ada-1', 'subscribe']);
    expect(told).toEqual(['hello']);
  });

  it('sends the newest token first, should it be renewed while the socket opens', async () => {
    await start({ place });
    tokens.become('ada-2');
    await pass(0);
    newest().open();
    expect(sockets.map(({ sent }) => sent)).toEqual([['token ada-2']]);
  });

  it('sends a renewed token on the live connection', async () => {
    await start({ place, renew: token => `renewed ${token}` });
    newest().open();
    tokens.become('ada-2');
    await pass(0);
    expect(sockets.map(({ sent }) => sent)).toEqual([['token ada-1', 'renewed ada-2']]);
  });

  it('reconnects for a renewed token where the protocol knows no other way', async () => {
    await start({ place });
    newest().open();
    tokens.become('ada-2');
    await pass(0);
    newest().open();
    expect(sockets.map(({ sent, closed }) => [sent, closed])).toEqual([
      [['token ada-1'], true],
      [['token ada-2'], false],
    ]);
    expect(told).toEqual(['opened', 'closed', 'opened']);
  });

  it('puts the newest token into each message', async () => {
    const socket = await start({
      place: eachMessage((message: { readonly type: string }, token) =>
        JSON.stringify({ ...message, token }),
      ),
    });
    newest().open();
    await socket.send({ type: 'one' });
    tokens.become('ada-2');
    await socket.send({ type: 'two' });
    expect(sockets.map(({ sent }) => sent)).toEqual([
      ['{"type":"one","token":"ada-1"}', '{"type":"two","token":"ada-2"}'],
    ]);
  });

  it('keeps the order of messages that wait for a token, and drops them with the session', async () => {
    const socket = await start({ place: eachMessage((message: string, token) => `${message} ${token}`) });
    newest().open();
    const waiting: ((token: string) => void)[] = [];
    tokens.token = () => new Promise(resolve => waiting.push(resolve));
    const first = socket.send('one');
    const second = socket.send('two');
    await pass(0);
    tokens.become(null);
    waiting.shift()?.('eve-1');
    for (const one of [first, second])
      await expectAsync(one).toBeRejectedWithError(AuthError, /not-connected/);
    expect(newest().sent).toEqual([]);
  });

  it('puts the token among the sub-protocols, and reconnects with a renewed one', async () => {
    await start({ place: subProtocol(token => `bearer.${token}`), subProtocols: ['v1'] });
    tokens.become('ada-2');
    await pass(0);
    expect(sockets.map(({ protocols }) => protocols)).toEqual([
      ['v1', 'bearer.ada-1'],
      ['v1', 'bearer.ada-2'],
    ]);
    expect(sockets[0]?.closed).toBeTrue();
  });

  it('puts the token into the URL where that is asked for by its name', async () => {
    await start({ place: queryParameterUnsafe('ticket'), url: 'wss://api.test/live?room=1' });
    expect(newest().url).toBe('wss://api.test/live?room=1&ticket=ada-1');
  });

  it('stops, and does not show the token, where the browser does not take it', async () => {
    tokens.current = 'not/a(protocol)';
    const error = spyOn(console, 'error');
    const place = subProtocol(token => token);
    open.push(authenticatedSocket(tokens, { url: 'wss://api.test/live', place }));
    await pass(0);
    await pass(100_000);
    const shown = error.calls.allArgs().flat();
    expect(shown.map(one => (one as AuthError).code)).toEqual(['invalid-sub-protocol']);
    expect(shown.map(String).join()).not.toContain('not/a(protocol)');
  });

  it('comes back after a break, with what is the token then', async () => {
    await start({ place });
    newest().open();
    newest().break();
    tokens.become('ada-2');
    await pass(1_000);
    newest().open();
    expect(newest().sent).toEqual(['token ada-2']);
    expect(told).toEqual(['opened', 'closed', 'opened']);
  });

  for (const [code, times] of [
    [3000, 1],
    [4401, 1],
    [1006, 0],
    [1008, 0],
  ] as const) {
    it(`${times ? 'has the token renewed' : 'does not doubt the token'} after the close code ${String(code)}`, async () => {
      await start({ place });
      newest().open();
      newest().break(code);
      expect(tokens.rejections.length).toBe(times);
    });
  }

  it('is closed with the session, and hears nothing more', async () => {
    const socket = await start({ place });
    newest().open();
    tokens.become(null);
    newest().receive('late');
    newest().break();
    expect(newest().closed).toBeTrue();
    expect(told).toEqual(['opened', 'closed']);
    await expectAsync(socket.send('x')).toBeRejectedWithError(AuthError, /not-connected/);
  });

  it('has another connection for another user', async () => {
    await start({ place });
    newest().open();
    tokens.become(null);
    tokens.become('eve-1');
    await pass(0);
    sockets[0]?.receive("ada's");
    newest().open();
    expect(sockets.map(({ sent }) => sent)).toEqual([['token ada-1'], ['token eve-1']]);
    expect(told).toEqual(['opened', 'closed', 'opened']);
  });

  it('opens nothing while nobody is signed in, as on a server', async () => {
    tokens.current = null;
    await start({ place });
    await pass(100_000);
    expect(sockets).toEqual([]);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['ws://api.test/live', /insecure-url/],
    ['http://api.test/live', /insecure-url/],
    ['wss://evil.test/live', /origin-not-allowed/],
    ['wss://api.test.evil.test/', /origin-not-allowed/],
    ['wss://user@api.test/live', /origin-not-allowed/],
    ['wss://', /invalid-url-rule|origin-not-allowed/],
  ];
  for (const [url, message] of refused) {
    it(`does not take ${url}`, async () => {
      await expectAsync(start({ place, url })).toBeRejectedWithError(AuthError, message);
    });
  }

  it('says nothing of the query of a URL that it does not take', async () => {
    const secret = start({ place, url: 'wss://evil.test/live?key=canary' });
    await expectAsync(secret).toBeRejectedWith(
      jasmine.objectContaining({ facts: ['https://evil.test/live'] }),
    );
  });

  it('takes other origins, and plain sockets of this computer, where they are named', async () => {
    const origins = ['https://ws.test', 'http://localhost:4000', '/live'];
    for (const url of ['wss://ws.test/', 'ws://localhost:4000/x', '/live'])
      await start({ place, url, origins });
    expect(sockets.map(({ url }) => url)).toEqual([
      'wss://ws.test/',
      'ws://localhost:4000/x',
      `${location.origin.replace('http', 'ws')}/live`,
    ]);
  });

  it('closes with the injection context', async () => {
    await TestBed.runInInjectionContext(() => start({ place }));
    newest().open();
    TestBed.resetTestingModule();
    expect(newest().closed).toBeTrue();
    expect(tokens.watched).toBeFalse();
  });
});
