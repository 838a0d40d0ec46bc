import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthenticationService, JWTStrategy, authenticate } from '@feathersjs/authentication';
import { hooks as localHooks } from '@feathersjs/authentication-local';
import { OAuthStrategy, oauth } from '@feathersjs/authentication-oauth';
import { Conflict, GeneralError } from '@feathersjs/errors';
import { type HookContext, feathers } from '@feathersjs/feathers';
import { bodyParser, cors, errorHandler, koa, parseAuthentication, rest } from '@feathersjs/koa';
import { MemoryService } from '@feathersjs/memory';
import socketio from '@feathersjs/socketio';
import type { Server as SocketServer } from 'socket.io';
import type { OpenIdServer } from './open-id-server';
import {
  CarefulLocalStrategy,
  RefreshStrategy,
  forgetRefreshTokens,
  handOutRefreshToken,
} from './feathers-strategies';

export interface FeathersServerOptions {
  /** Seconds that a token lives. Default an hour. */
  readonly tokenLife?: number;
  /** Whether the server has a refresh strategy of its own. */
  readonly refresh?: boolean;
  /** An OpenID server at which users may sign in too, as `oauth: 'openid'`. */
  readonly openId?: OpenIdServer;
  /** The origin of the application to which those users are led back. Default `APPLICATION`. */
  readonly application?: string;
  /** Default: a free one. */
  readonly port?: number;
}

export interface FeathersServer {
  readonly address: string;
  /** What happened at the authentication service, in order: `login` and `logout`. */
  readonly happened: readonly string[];
  /** Calls of the service `slow` that wait for an answer. */
  readonly waiting: readonly unknown[];
  /** Resolves when there are so many of something. */
  reached(list: readonly unknown[], count: number): Promise<void>;
  /** Disconnects every socket, as an administrator may. */
  cutSockets(): void;
  /** Breaks the connections under the sockets, as a network does. */
  breakSockets(): void;
  /** Has the authentication service fail, or work again. */
  fail(failing: boolean): void;
  /** Takes no refresh token any more that it has handed out. */
  forgetRefreshTokens(): void;
  removeUser(id: number): Promise<void>;
  close(): Promise<void>;
}

interface User {
  readonly id: number;
  readonly email?: string;
  readonly password?: string;
}

export const PEOPLE = [
  { email: 'ada@x.io', password: 'secret', name: 'Ada', roles: ['admin'], permissions: ['read'] },
  { email: 'bob@x.io', password: 'secret', name: 'Bob' },
  { email: 'locked@x.io', password: 'secret', locked: true },
  { email: 'new@x.io', password: 'secret', isVerified: false },
];

/** A real Feathers application: koa, socket.io, users in memory, the strategies `local` and `jwt`. */
export async function startFeathers(options: FeathersServerOptions = {}): Promise<FeathersServer> {
  const happened: string[] = [];
  const waiting: unknown[] = [];
  const watchers = new Set<() => void>();
  let failing = false;
  const note = (list: unknown[], what: unknown): void => {
    list.push(what);
    for (const look of watchers) look();
  };

  const app = koa(feathers());
  app.set('host', '127.0.0.1');
  app.set('port', options.port ?? 0);
  app.set('authentication', {
    secret: 'a secret of tests',
    entity: 'user',
    service: 'users',
    authStrategies: ['jwt', 'local', ...(options.refresh ? ['refresh'] : [])],
    // These replace the defaults as a whole; a generated application has the same.
    jwtOptions: {
      header: { typ: 'access' },
      audience: 'https://yourdomain.com',
      issuer: 'feathers',
      algorithm: 'HS256',
      expiresIn: options.tokenLife ?? 3600,
    },
    local: { usernameField: 'email', passwordField: 'password', hashSize: 4 },
    refresh: { service: 'users' },
    ...(options.openId && { oauth: oauthSettings(options.openId, options.application) }),
  });
  // In the order of a generated application: the error handler has no answer to what browsers ask before a request.
  app.use(cors());
  app.use(errorHandler());
  app.use(parseAuthentication());
  app.use(bodyParser());
  app.configure(rest());
  let sockets: SocketServer | undefined;
  app.configure(
    socketio({ cors: { origin: '*' } }, io => {
      sockets = io;
    }),
  );

  const local = new CarefulLocalStrategy();
  const service = new AuthenticationService(app);
  const hashed = async (context: HookContext): Promise<void> => {
    const user = context.data as User;
    if (user.password === undefined) return;
    context.data = { ...user, password: await local.hashPassword(user.password, {}) };
  };
  app.use('users', new MemoryService<User>({}));
  app.service('users').hooks({
    before: {
      find: [authenticate('jwt')],
      get: [authenticate('jwt')],
      create: [unlessKnown, hashed],
    },
    after: { all: [localHooks.protect('password')] },
  });
  service.register('jwt', new JWTStrategy());
  service.register('local', local);
  if (options.refresh) service.register('refresh', new RefreshStrategy());
  app.use('authentication', service);
  app.service('authentication').hooks({
    before: {
      create: [
        () => {
          if (failing) throw new GeneralError('The database is away.');
        },
      ],
    },
    after: { create: options.refresh ? [handOutRefreshToken] : [] },
  });
  app.on('login', () => note(happened, 'login'));
  app.on('logout', () => note(happened, 'logout'));
  if (options.openId) {
    service.register('openid', new OAuthStrategy());
    app.configure(oauth());
  }
  app.use('slow', {
    find: () =>
      new Promise(resolve => {
        note(waiting, resolve);
      }),
  });

  for (const person of PEOPLE) await app.service('users').create(person);
  const server: Server = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    happened,
    waiting,
    reached: (list, count) =>
      new Promise(resolve => {
        const look = (): void => {
          if (list.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    cutSockets: () => sockets?.disconnectSockets(),
    breakSockets() {
      for (const socket of sockets?.sockets.sockets.values() ?? []) socket.conn.close();
    },
    fail(now) {
      failing = now;
    },
    forgetRefreshTokens,
    async removeUser(id) {
      await app.service('users').remove(id);
    },
    async close() {
      server.closeAllConnections();
      await app.teardown();
    },
  };
}

async function unlessKnown({ app, data }: HookContext): Promise<void> {
  const { email } = data as User;
  if (email === undefined) return;
  const known = (await app.service('users').find({ query: { email } })) as unknown[];
  if (known.length > 0) throw new Conflict('This address has an account already.');
}

/** Where the application is that the users come from. */
export const APPLICATION = 'http://127.0.0.1:4200';

function oauthSettings({ issuer, clientId, clientSecret }: OpenIdServer, application = APPLICATION): object {
  return {
    origins: [application],
    openid: {
      key: clientId,
      secret: clientSecret,
      oauth: 2,
      authorize_url: `${issuer}/auth`,
      access_url: `${issuer}/token`,
      profile_url: `${issuer}/me`,
      scope: ['openid'],
    },
  };
}
