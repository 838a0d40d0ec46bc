import { AuthError, type TokenSource, authError } from 'ngx-latchkey/core';
import { type FeathersSocket, keepSocketAuthenticated } from 'ngx-latchkey/feathers';
import { installFakeClock } from '../harness/fake-clock';
import { SAMPLE_JWT } from '../harness/wire-fixture';

type Answer = (error: unknown, data?: unknown) => void;

/** A socket without a server: the spec plays the server. */
function socketDouble() {
  const listeners = new Map<string, Set<(...values: unknown[]) => void>>();
  const calls: { readonly token: unknown; readonly answer: Answer }[] = [];
  const tell = (event: string, ...values: unknown[]): void => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(...values);
  };
  const double = {
    connected: false as boolean,
    connects: 0,
    calls,
    connect() {
      double.connects += 1;
      double.connected = true;
      tell('connect');
    },
    disconnect() {
      double.cut('io client disconnect');
    },
    cut(reason: string) {
      if (!double.connected) return;
      double.connected = false;
      tell('disconnect', reason);
    },
    on(event, listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    off(event, listener) {
      listeners.get(event)?.delete(listener);
    },
    emit(_method, _service, data, answer) {
      calls.push({ token: (data as { accessToken: unknown }).accessToken, answer: answer as Answer });
    },
  } satisfies FeathersSocket & Record<string, unknown>;
  return double;
}

/** Lets what was promised come about. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function tokenOf(user: string): string {
  const part = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ sub: user })}.c2lnbmF0dXJl`;
}

function scripted(first: string): { readonly source: TokenSource; set(token: string): void } {
  let token = first;
  let tell: (token: string | null) => void = () => undefined;
  return {
    source: {
      token: () => Promise.resolve(token),
      watch(changed) {
        tell = changed;
        return () => undefined;
      },
    },
    set(next) {
      token = next;
      tell(next);
    },
  };
}

const always: TokenSource = { token: () => Promise.resolve(SAMPLE_JWT), watch: () => () => undefined };

describe('feathers sockets, by the clock:', () => {
  beforeEach(() => {
    installFakeClock().mockDate(new Date(1_800_000_000_000));
    spyOn(Math, 'random').and.returnValue(1);
  });
  afterEach(() => {
    jasmine.clock().uninstall();
  });

  it('a server that cuts again and again is left alone for longer each time', async () => {
    const socket = socketDouble();
    keepSocketAuthenticated(socket, always);
    await settle();
    for (const pause of [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      socket.calls.at(-1)?.answer(null, {});
      await settle();
      const before = socket.connects;
      socket.cut('io server disconnect');
      if (pause > 0) {
        jasmine.clock().tick(pause - 1);
        await settle();
        expect(socket.connects).withContext(`before ${pause} ms`).toBe(before);
      }
      jasmine.clock().tick(1);
      await settle();
      expect(socket.connects)
        .withContext(`after ${pause} ms`)
        .toBe(before + 1);
    }
    jasmine.clock().tick(60_001);
    const before = socket.connects;
    socket.cut('io server disconnect');
    jasmine.clock().tick(1);
    await settle();
    expect(socket.connects)
      .withContext('after a calm')
      .toBe(before + 1);
  });

  it('a call waits fifteen seconds for an authenticated connection', async () => {
    const keeping = keepSocketAuthenticated(socketDouble(), always);
    const errors: AuthError[] = [];
    const waits = keeping.call('find', 'users').catch((error: unknown) => errors.push(error as AuthError));
    await settle();
    jasmine.clock().tick(14_999);
    await settle();
    expect(errors).toEqual([]);
    jasmine.clock().tick(1);
    await waits;
    expect(errors[0]?.code).toBe('not-connected');
  });

  it('a token that cannot be had for the moment is asked for again, and the end of the session closes', async () => {
    const socket = socketDouble();
    const outcomes = [
      authError('not-now', 'temporarily-unavailable'),
      authError('needs-user', 'session-ended'),
    ];
    const failures: string[] = [];
    keepSocketAuthenticated(
      socket,
      { ...always, token: () => Promise.reject(outcomes.shift() ?? new Error('It is asked for too often.')) },
      { failed: ({ code }) => failures.push(code) },
    );
    await settle();
    expect(failures).toEqual(['temporarily-unavailable']);
    jasmine.clock().tick(1);
    await settle();
    jasmine.clock().tick(120_000);
    await settle();
    expect(failures).toEqual(['temporarily-unavailable']);
    expect(socket.connects).toBe(0);
  });

  it('of two tokens that are shown one after the other, the answer to the last counts', async () => {
    const socket = socketDouble();
    const { source, set } = scripted('ada-1');
    const keeping = keepSocketAuthenticated(socket, source);
    await settle();
    set('ada-2');
    await settle();
    expect(socket.calls.map(call => call.token)).toEqual(['ada-1', 'ada-2']);
    let open = false;
    void keeping.authenticated().then(() => (open = true));
    socket.calls[0]?.answer(null, {});
    await settle();
    expect(open).toBeFalse();
    set('ada-3');
    await settle();
    socket.calls[1]?.answer({ className: 'not-authenticated', code: 401, message: 'jwt expired' });
    socket.calls[2]?.answer(null, {});
    await settle();
    expect(open).toBeTrue();
    expect(socket.connected).toBeTrue();
    set('ada-3');
    await settle();
    expect(socket.calls.length).withContext('a token that is shown already').toBe(3);
  });

  it('a user who comes while another is being authenticated gets a connection of their own', async () => {
    const socket = socketDouble();
    const { source, set } = scripted(tokenOf('ada'));
    const keeping = keepSocketAuthenticated(socket, source);
    await settle();
    expect(socket.calls.map(call => call.token)).toEqual([tokenOf('ada')]);
    set(tokenOf('bob'));
    await settle();
    expect(socket.connects).toBe(2);
    expect(socket.calls.map(call => call.token)).toEqual([tokenOf('ada'), tokenOf('bob')]);
    // The answer of before counts for nothing.
    let open = false;
    void keeping.authenticated().then(() => (open = true));
    socket.calls[0]?.answer(null, {});
    await settle();
    expect(open).toBeFalse();
    socket.calls[1]?.answer(null, {});
    await settle();
    expect(open).toBeTrue();
  });
});
