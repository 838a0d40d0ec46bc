import { once } from 'node:events';
import { AuthError, type TokenSource } from 'ngx-latchkey/core';
import {
  FeathersServiceError,
  type KeptSocket,
  type KeptSocketOptions,
  callService,
  feathers,
  keepSocketAuthenticated,
} from 'ngx-latchkey/feathers';
import { type Socket, io } from 'socket.io-client';
import { engineTokenSource, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { type FeathersServer, startFeathers } from './feathers-server';

/** Tokens that a spec hands out itself. */
interface Purse extends TokenSource {
  set(token: string | null): void;
}

function purse(token: string | null): Purse {
  const watchers = new Set<(token: string | null) => void>();
  let current = token;
  return {
    token: () => Promise.resolve(current),
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    set(next) {
      current = next;
      for (const changed of watchers) changed(next);
    },
  };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (error instanceof FeathersServiceError) return error.failure.className;
    return error instanceof AuthError ? error.code : String(error);
  }
}

describe('feathers sockets', () => {
  const sockets: Socket[] = [];
  const kept: KeptSocket[] = [];
  let server: FeathersServer;
  let brief: FeathersServer;

  const logIn = async (email: string, at = server): Promise<string> => {
    const answer = await fetch(`${at.address}/authentication`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ strategy: 'local', email, password: 'secret' }),
    });
    return ((await answer.json()) as { readonly accessToken: string }).accessToken;
  };
  const connect = (at = server): Socket => {
    const socket = io(at.address, { autoConnect: false, forceNew: true, reconnectionDelay: 20 });
    sockets.push(socket);
    return socket;
  };
  const keep = (socket: Socket, tokens: TokenSource, options?: KeptSocketOptions): KeptSocket => {
    const keeping = keepSocketAuthenticated(socket, tokens, options);
    kept.push(keeping);
    return keeping;
  };
  /** A socket with somebody signed in. */
  const signedIn = async (at = server): Promise<{ socket: Socket; tokens: Purse; keeping: KeptSocket }> => {
    const tokens = purse(await logIn('ada@x.io', at));
    const socket = connect(at);
    const keeping = keep(socket, tokens);
    await keeping.authenticated();
    return { socket, tokens, keeping };
  };
  const emailOf = async (keeping: KeptSocket, id = 0): Promise<unknown> =>
    ((await keeping.call('get', 'users', id)) as { readonly email: unknown }).email;

  beforeAll(async () => {
    server = await startFeathers();
    brief = await startFeathers({ tokenLife: 5 });
  });
  afterEach(() => {
    for (const keeping of kept.splice(0)) keeping.stop();
    for (const socket of sockets.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await server.close();
    await brief.close();
  });

  it('are connected and authenticated when somebody is signed in', async () => {
    const { keeping, socket } = await signedIn();
    expect(socket.connected).toBeTrue();
    expect(await emailOf(keeping)).toBe('ada@x.io');
  });

  it('are closed when nobody is signed in, and opened when somebody is', async () => {
    const tokens = purse(null);
    const socket = connect();
    socket.connect();
    const keeping = keep(socket, tokens);
    expect(await codeOf(keeping.call('get', 'users', 0))).toBe('unauthenticated');
    expect(socket.active).toBeFalse();
    tokens.set(await logIn('bob@x.io'));
    expect(await emailOf(keeping, 1)).toBe('bob@x.io');
  });

  it('are closed when the session ends, and the calls that wait are settled', async () => {
    const { keeping, socket, tokens } = await signedIn();
    const seen = server.waiting.length;
    const pending = codeOf(keeping.call('find', 'slow'));
    await server.reached(server.waiting, seen + 1);
    tokens.set(null);
    expect(socket.connected).toBeFalse();
    expect(await pending).toBe('connection-lost');
    expect(await codeOf(keeping.call('find', 'users'))).toBe('unauthenticated');
    tokens.set(await logIn('ada@x.io'));
    expect(await emailOf(keeping)).toBe('ada@x.io');
  });

  it('are authenticated again after a loss of the network', async () => {
    const { keeping, socket } = await signedIn();
    const before = socket.id;
    const lost = once(socket as never, 'disconnect');
    server.breakSockets();
    expect(await lost).not.toContain('io server disconnect');
    expect(await emailOf(keeping)).toBe('ada@x.io');
    expect(socket.id).not.toBe(before);
  });

  it('take up the connection with a new token when the server has cut it at the end of the old one', async () => {
    const socket = connect(brief);
    const keeping = keep(socket, { ...purse(null), token: () => logIn('ada@x.io', brief) });
    await keeping.authenticated();
    const seen = brief.waiting.length;
    const pending = codeOf(keeping.call('find', 'slow'));
    await brief.reached(brief.waiting, seen + 1);
    const cut = once(socket as never, 'disconnect');
    expect((await cut)[0]).toBe('io server disconnect');
    expect(await pending).toBe('connection-lost');
    expect(await emailOf(keeping)).toBe('ada@x.io');
  });

  it('show a new token in time, so that the server cuts nothing', async () => {
    const { keeping, socket, tokens } = await signedIn(brief);
    const { id } = socket;
    const old = await tokens.token();
    const works = async (): Promise<boolean> => {
      const headers = { Authorization: `Bearer ${String(old)}` };
      return (await fetch(`${brief.address}/users/0`, { headers })).ok;
    };
    // The tokens of Feathers count in seconds: one of the same second would end with the old one.
    const second = Math.floor(Date.now() / 1000);
    await until(() => Math.floor(Date.now() / 1000) >= second + 2);
    const next = await logIn('ada@x.io', brief);
    const logins = brief.happened.length;
    tokens.set(next);
    await brief.reached(brief.happened, logins + 1);
    await until(async () => !(await works()));
    expect(await emailOf(keeping)).toBe('ada@x.io');
    expect(socket.id).toBe(id);
  });

  it('begin another connection for another user', async () => {
    const { keeping, socket, tokens } = await signedIn();
    const { id } = socket;
    tokens.set(await logIn('bob@x.io'));
    await until(() => socket.connected && socket.id !== id);
    expect(await emailOf(keeping, 1)).toBe('bob@x.io');
  });

  it('are closed when the server refuses the token', async () => {
    const failures: string[] = [];
    const socket = connect();
    const tokens = purse('nonsense');
    const keeping = keep(socket, tokens, { failed: ({ code }) => failures.push(code) });
    expect(await codeOf(keeping.authenticated())).toBe('session-refused');
    expect(socket.connected).toBeFalse();
    expect(failures).toEqual(['session-refused']);
    tokens.set(await logIn('ada@x.io'));
    expect(await emailOf(keeping)).toBe('ada@x.io');
  });

  it('are closed when the server does not allow the strategy', async () => {
    const keeping = keep(connect(), purse(await logIn('ada@x.io')), { jwtStrategy: 'other' });
    expect(await codeOf(keeping.authenticated())).toBe('strategy-not-allowed');
  });

  it('are tried again while the server has trouble', async () => {
    const failures: string[] = [];
    const socket = connect();
    const token = await logIn('ada@x.io');
    server.fail(true);
    const keeping = keep(socket, purse(token), { failed: ({ code }) => failures.push(code) });
    await until(() => failures.length === 2);
    server.fail(false);
    expect(await emailOf(keeping)).toBe('ada@x.io');
    expect(failures).toEqual(['server-error', 'server-error']);
  });

  it('stay closed when the application has closed them', async () => {
    const { keeping, socket, tokens } = await signedIn();
    socket.disconnect();
    expect(await codeOf(keeping.call('find', 'users'))).toBe('not-connected');
    tokens.set(await logIn('ada@x.io'));
    await tokens.token();
    expect(socket.active).toBeFalse();
    const connected = once(socket as never, 'connect');
    socket.connect();
    await connected;
    expect(await emailOf(keeping)).toBe('ada@x.io');
  });

  it('are left alone after the stop', async () => {
    const { keeping, socket, tokens } = await signedIn();
    keeping.stop();
    tokens.set(null);
    expect(socket.connected).toBeTrue();
    expect(await codeOf(keeping.call('find', 'users'))).toBe('not-connected');
  });

  it('tell what a service says, and keep no call for later', async () => {
    const socket = connect();
    expect(await codeOf(callService(socket, 'find', 'users'))).toBe('not-connected');
    socket.connect();
    await once(socket as never, 'connect');
    expect(await codeOf(callService(socket, 'get', 'users', 0))).toBe('not-authenticated');
    expect(await codeOf(callService(socket, 'find', 'nothing'))).toBe('not-found');
    const login = { strategy: 'local', email: 'ada@x.io', password: 'secret' };
    expect(await codeOf(callService(socket, 'create', 'authentication', login))).toBe('none');
    expect(await codeOf(callService(socket, 'remove', 'authentication', null))).toBe('none');
    expect(await codeOf(callService(socket, 'get', 'users', 0))).toBe('not-authenticated');
  });

  it('follow the session of the engine', async () => {
    const { engine, close } = nodeTab(feathers({ url: server.address }));
    const socket = connect();
    const keeping = keep(socket, engineTokenSource(engine));
    expect(await codeOf(keeping.authenticated())).toBe('unauthenticated');
    await engine.signIn({ email: 'ada@x.io', password: 'secret' });
    expect(await emailOf(keeping)).toBe('ada@x.io');
    await engine.end('user');
    expect(socket.connected).toBeFalse();
    close();
  });
});
