import { AuthError } from 'ngx-latchkey/core';
import { type LiveSocketOptions, spaceCloudGraphqlSocket, spaceCloudSocket } from 'ngx-latchkey/space-cloud';
import { installFakeClock } from '../harness/fake-clock';
import { FakeSocket } from './fake-socket';
import { heardEvents } from './heard-events';
import { type ScriptedTokens, scriptedTokens, tokenOf } from './scripted-tokens';

/** Lets promises go on; the clock of the spec stands still meanwhile. */
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('space-cloud: a live socket', () => {
  const QUERY = { database: 'mongo', collection: 'notes' };
  let sockets: FakeSocket[];
  let tokens: ScriptedTokens;
  let options: LiveSocketOptions & { readonly url: string; readonly project: string };

  beforeEach(() => {
    installFakeClock();
    sockets = [];
    tokens = scriptedTokens(tokenOf('ada'));
    options = {
      url: 'https://gateway.test',
      project: 'shop',
      tokens,
      open(url, protocol) {
        const socket = new FakeSocket(url, protocol);
        sockets.push(socket);
        return socket;
      },
    };
  });

  afterEach(() => {
    jasmine.clock().uninstall();
  });

  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('No socket was opened.');
    return socket;
  };
  const open = async (): Promise<FakeSocket> => {
    last().happen('open');
    await settle();
    return last();
  };
  const live = async () => {
    const listener = heardEvents();
    const socket = spaceCloudSocket(options);
    const stop = socket.subscribe(QUERY, listener);
    (await open()).accept();
    return { socket, listener, stop };
  };

  it('is opened with the first subscription and speaks as it is written', async () => {
    const socket = spaceCloudSocket(options);
    expect(sockets.length).toBe(0);
    const listener = heardEvents();
    socket.subscribe({ ...QUERY, where: { list: 'a' }, skipInitial: true }, listener);
    expect(last().url).toBe('wss://gateway.test/v1/api/shop/socket/json');
    expect(last().protocol).toBeUndefined();
    const { sent } = await open();
    expect<unknown>(sent).toEqual([
      {
        id: jasmine.any(String),
        type: 'realtime-subscribe',
        data: {
          token: tokenOf('ada'),
          id: jasmine.any(String),
          group: 'notes',
          dbType: 'mongo',
          where: { list: 'a' },
          options: { skipInitial: true },
        },
      },
    ]);
    last().accept([{ type: 'initial', payload: { text: 'one' } }]);
    last().say({ type: 'realtime-feed', data: { id: sent[0]?.data['id'], type: 'insert' } });
    last().say({ type: 'realtime-feed', data: { id: 'of another', type: 'insert' } });
    expect(listener.events.map(({ type }) => type)).toEqual(['initial', 'insert']);
  });

  it('waits ten seconds for an answer', async () => {
    const listener = heardEvents();
    spaceCloudSocket(options).subscribe(QUERY, listener);
    await open();
    jasmine.clock().tick(9_999);
    expect(listener.ends).toEqual([]);
    jasmine.clock().tick(1);
    expect(listener.ends).toEqual(['no-answer']);
  });

  it('waits no longer where the connection is lost before there is an answer', async () => {
    const listener = heardEvents();
    spaceCloudSocket(options).subscribe(QUERY, listener);
    await open();
    last().happen('close');
    jasmine.clock().tick(10_000);
    expect(listener.ends).toEqual(['no-answer']);
  });

  it('says why a subscription has ended', async () => {
    const errors: (AuthError | undefined)[] = [];
    const listener = { next: () => undefined, ended: (error?: AuthError) => errors.push(error) };
    const { socket } = await live();
    socket.subscribe(QUERY, listener);
    await settle();
    const id = last().sent.at(-1)?.data['id'];
    last().say({ type: 'realtime-subscribe', data: { id, ack: false, error: 'No such collection' } });
    socket.subscribe(QUERY, listener);
    tokens.set(null);
    expect(errors).toEqual([
      jasmine.objectContaining({
        failure: 'refused',
        code: 'subscription-refused',
        detail: 'No such collection',
      }),
      jasmine.objectContaining({ failure: 'needs-user', code: 'session-ended' }),
    ]);
  });

  it('waits ten seconds for the greeting, and sends no token before it', async () => {
    const listener = heardEvents();
    const query = 'subscription { notes @mongo { type } }';
    spaceCloudGraphqlSocket(options).subscribe({ query }, listener);
    expect(last().url).toBe('wss://gateway.test/v1/api/shop/graphql/socket');
    expect(last().protocol).toBe('graphql-ws');
    const { sent } = await open();
    expect<unknown>(sent).toEqual([{ type: 'connection_init', payload: {} }]);
    jasmine.clock().tick(9_000);
    last().say({ type: 'connection_ack', payload: {} });
    await settle();
    expect<unknown>(sent[1]).toEqual({
      id: jasmine.any(String),
      type: 'start',
      payload: { query, variables: {}, authToken: tokenOf('ada') },
    });
    jasmine.clock().tick(60_000);
    last().say({ type: 'ka', payload: {} });
    last().say({ id: sent[1]?.['id'], type: 'data', payload: { data: {} } });
    expect(listener.ends).toEqual([]);
    last().say({ id: sent[1]?.['id'], type: 'complete', payload: {} });
    expect(listener.ends).toEqual(['']);
    expect(listener.events).toEqual([{ data: {} }]);
  });

  it('comes back five seconds after the connection was lost, with the token of then', async () => {
    const { listener } = await live();
    last().happen('close');
    tokens.set(tokenOf('ada', 2));
    jasmine.clock().tick(4_999);
    expect(sockets.length).toBe(1);
    jasmine.clock().tick(1);
    expect(sockets.length).toBe(2);
    expect((await open()).sent[0]?.data['token']).toBe(tokenOf('ada', 2));
    last().accept([{ type: 'initial' }]);
    jasmine.clock().tick(60_000);
    expect(listener.events.length).toBe(1);
    expect(listener.ends).toEqual([]);
  });

  it('gives up a connection that says nothing, and tries the next', async () => {
    const { listener } = await live();
    last().happen('close');
    jasmine.clock().tick(5_000);
    jasmine.clock().tick(10_000);
    expect(last().closed).toBe(true);
    jasmine.clock().tick(5_000);
    expect(sockets.length).toBe(3);
    await open();
    jasmine.clock().tick(10_000);
    expect(last().closed).toBe(true);
    jasmine.clock().tick(5_000);
    (await open()).accept([{ type: 'initial' }]);
    expect(sockets.length).toBe(4);
    expect(listener.events.length).toBe(1);
    expect(listener.ends).toEqual([]);
  });

  it('hears nothing more of a connection that it has given up', async () => {
    const { listener } = await live();
    const [first] = sockets;
    first?.happen('close');
    jasmine.clock().tick(5_000);
    await open();
    jasmine.clock().tick(3_000);
    last().happen('close');
    jasmine.clock().tick(5_000);
    (await open()).accept();
    // Ten seconds after the second connection began, and all the time after that.
    jasmine.clock().tick(2_000);
    first?.happen('close');
    first?.say({ type: 'realtime-feed', data: { id: first.sent[0]?.data['id'], type: 'insert' } });
    jasmine.clock().tick(60_000);
    expect(last().closed).toBe(false);
    expect(sockets.length).toBe(3);
    expect(listener.events).toEqual([]);
  });

  it('sends nothing for a subscription that was stopped while its token was awaited', async () => {
    const socket = spaceCloudSocket(options);
    const stop = socket.subscribe(QUERY, heardEvents());
    last().happen('open');
    stop();
    await settle();
    expect(last().sent.map(({ type }) => type)).toEqual(['realtime-unsubscribe']);
  });

  it('does not send a token over a connection that was not there when it was asked for', async () => {
    const { listener } = await live();
    last().happen('close');
    jasmine.clock().tick(5_000);
    let hand: (token: string) => void = () => undefined;
    spyOn(tokens, 'token').and.returnValues(
      new Promise(resolve => (hand = resolve)),
      Promise.resolve(tokenOf('ada', 2)),
    );
    last().happen('open');
    last().happen('close');
    jasmine.clock().tick(5_000);
    await open();
    hand(tokenOf('ada'));
    await settle();
    expect(last().sent.map(({ data }) => data['token'])).toEqual([tokenOf('ada', 2)]);
    expect(listener.ends).toEqual([]);
  });

  it('can be stopped in the middle of what is heard', async () => {
    const heard: unknown[] = [];
    const stop = spaceCloudSocket(options).subscribe(QUERY, {
      next(event) {
        heard.push(event);
        stop();
      },
    });
    (await open()).accept([{ type: 'initial' }, { type: 'initial' }]);
    expect(heard.length).toBe(1);
  });

  it('sends a renewed token with the next message, over the same connection', async () => {
    const { socket, listener, stop } = await live();
    tokens.set(tokenOf('ada', 2));
    const other = heardEvents();
    const stopOther = socket.subscribe({ ...QUERY, collection: 'news' }, other);
    await settle();
    last().accept();
    stopOther();
    tokens.set(tokenOf('ada', 3));
    stop();
    expect(sockets.length).toBe(1);
    expect(last().sent.map(({ type, data }) => [type, data['group'], data['token']])).toEqual([
      ['realtime-subscribe', 'notes', tokenOf('ada')],
      ['realtime-subscribe', 'news', tokenOf('ada', 2)],
      ['realtime-unsubscribe', 'news', tokenOf('ada', 2)],
      ['realtime-unsubscribe', 'notes', tokenOf('ada', 3)],
    ]);
    expect(listener.ends).toEqual([]);
  });

  it('tells a listener that has stopped nothing more', async () => {
    const { listener, stop } = await live();
    const id = last().sent[0]?.data['id'];
    stop();
    stop();
    last().say({ type: 'realtime-feed', data: { id, type: 'insert' } });
    last().happen('close');
    jasmine.clock().tick(60_000);
    expect(listener.events).toEqual([]);
    expect(last().sent.length).toBe(2);
    expect(sockets.length).toBe(1);
  });

  for (const [name, token] of [
    ['the session ends', null],
    ['somebody else signs in over it', tokenOf('grace')],
  ] as const) {
    it(`closes and ends everything when ${name}`, async () => {
      const { socket, listener } = await live();
      const waiting = heardEvents();
      socket.subscribe(QUERY, waiting);
      tokens.set(token);
      expect(last().closed).toBe(true);
      expect([listener.ends, waiting.ends]).toEqual([['session-ended'], ['session-ended']]);
      await settle();
      jasmine.clock().tick(60_000);
      expect(sockets.length).toBe(1);
      expect(last().sent.length).toBe(1);
      tokens.set(tokenOf('grace'));
      socket.subscribe(QUERY, heardEvents());
      expect((await open()).sent[0]?.data['token']).toBe(tokenOf('grace'));
    });
  }

  it('subscribes without a token where nobody is signed in', async () => {
    tokens.set(null);
    spaceCloudSocket(options).subscribe(QUERY, heardEvents());
    expect((await open()).sent[0]?.data['token']).toBeUndefined();
    tokens.set(tokenOf('ada'));
    expect(last().closed).toBe(false);
  });

  it('ends a subscription for which there is no token', async () => {
    const listener = heardEvents();
    spyOn(tokens, 'token').and.rejectWith(
      new AuthError({ failure: 'not-now', code: 'temporarily-unavailable' }),
    );
    spaceCloudSocket(options).subscribe(QUERY, listener);
    await open();
    expect(listener.ends).toEqual(['temporarily-unavailable']);
  });

  it('takes no notice of what the gateway does not say', async () => {
    const { listener } = await live();
    for (const data of [
      '',
      'null',
      '[]',
      '{',
      '{"type":"realtime-feed","data":null}',
      '{"type":7}',
      undefined,
    ]) {
      last().happen('message', data);
    }
    last().happen('error');
    expect(listener.events).toEqual([]);
    expect(listener.ends).toEqual([]);
  });

  it('is closed by the application', async () => {
    const { socket, listener } = await live();
    expect(tokens.watchers()).toBe(1);
    socket.close();
    last().happen('close');
    jasmine.clock().tick(60_000);
    expect(listener.ends).toEqual(['']);
    expect(last().closed).toBe(true);
    expect(tokens.watchers()).toBe(0);
    expect(sockets.length).toBe(1);
  });
});
