import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { Core } from './core.js';
import { createCore } from './create-core.js';
import { addErrorAnswers, answerFrameworkError, NOT_HTTP_ANSWER } from './error-answers.js';
import { listen } from './listen.js';
import { addOpenId } from './oidc/mount.js';
import { isAllowedOrigin } from './origins.js';
import { addRequestHooks } from './request-hooks.js';
import { addAdmin } from './routes/admin.js';
import { addAverosContract } from './routes/averos-contract.js';
import { addBff } from './routes/bff.js';
import { addConsole } from './routes/console.js';
import { addJwtContract } from './routes/jwt-contract.js';
import { addSampleApis } from './routes/sample-apis.js';
import { addWellKnown } from './routes/well-known.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';
import type { User } from './state.js';

export interface AuthServerOptions extends Partial<Settings> {
  /** The real time in milliseconds since the epoch; `Date.now` when left out. For tests. */
  readonly now?: () => number;
}

export interface AuthServer {
  /** The Fastify instance, for routes of your own. */
  readonly app: FastifyInstance;
  /** Where it listens, such as `http://127.0.0.1:3333`. */
  readonly url: string;
  /** The users that are there, without passwords. */
  readonly users: readonly User[];
  /** Stops listening, cuts what is open, and waits for the data file to be written. */
  close(): Promise<void>;
}

/**
 * Starts a dev auth server and resolves when it listens. Not for production.
 *
 * @throws StartError when the port cannot be had or the data file cannot be read
 *
 * @example
 * const server = await createAuthServer({ port: 0, accessTokenLifetime: 2 });
 * await fetch(`${server.url}/auth/login`, { … });
 * await server.close();
 */
export async function createAuthServer(options: AuthServerOptions = {}): Promise<AuthServer> {
  const { now = Date.now, ...given } = options;
  const settings = { ...DEFAULT_SETTINGS, ...given };
  const closing = new AbortController();
  const core = await createCore(settings, now, closing.signal);
  const app = await createApp(core);
  core.url = await listen(app, settings.host, settings.port);
  return {
    app,
    url: core.url,
    users: [...core.store.users.values()],
    async close() {
      closing.abort();
      await app.close();
      await core.store.save();
    },
  };
}

async function createApp(core: Core): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 65_536,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(NOT_HTTP_ANSWER);
    },
  });
  // Only JSON is taken: a form or plain text is what a page of another site could send without asking first.
  app.removeContentTypeParser('text/plain');
  await app.register(cookie);
  await app.register(cors, {
    delegator: (request, done) => {
      const isOpen = request.url === '/.well-known/latchkey';
      const origin = (
        sent: string | undefined,
        decide: (error: Error | null, allow: boolean) => void,
      ): void => decide(null, sent !== undefined && isAllowedOrigin(sent, core.settings.origins));
      done(null, {
        origin: isOpen ? '*' : origin,
        credentials: !isOpen,
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        exposedHeaders: ['Retry-After', 'WWW-Authenticate', 'Date', 'DPoP-Nonce'],
        maxAge: 600,
      });
    },
  });
  addErrorAnswers(app, core);
  // After CORS, so that a page can read the answer a fault gives.
  addRequestHooks(app, core);
  const jwtRoot = core.settings.contract === 'jwt' ? '' : '/jwt';
  addJwtContract(app, core, `${jwtRoot}/auth`, 'body');
  addJwtContract(app, core, `${jwtRoot}/cookie/auth`, 'cookie');
  addAverosContract(app, core, '/averos');
  if (core.settings.contract === 'averos') addAverosContract(app, core, '');
  addOpenId(app, core);
  addBff(app, core);
  addSampleApis(app, core);
  addAdmin(app, core);
  addWellKnown(app, core);
  addConsole(app);
  return app;
}
