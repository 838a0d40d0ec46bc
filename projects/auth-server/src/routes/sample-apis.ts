import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../access.js';
import type { Core } from '../core.js';
import { SECOND_FACTOR } from '../oidc/authentication-level.js';
import { forbidden, notFound } from '../errors.js';
import { RequestFields } from '../request-fields.js';
import { DEFAULT_RULES, describeRequirement, requirementFor, satisfies } from '../rules.js';
import { publicUser } from '../users.js';
import { demandSignIn } from '../oidc/sign-in-demand.js';
import { authenticate } from './authenticate.js';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];
/** A second factor, five minutes ago at most. */
const TRANSFER = { acr: SECOND_FACTOR, maxAge: 300 };
const CONFIG = { config: { point: 'api' } } as const;

/** The APIs to try tokens on, and an answer for every further path that a configured rule speaks about. */
export function addSampleApis(app: FastifyInstance, core: Core): void {
  const rules = [...core.settings.rules, ...DEFAULT_RULES];

  /** The caller when there is a good token; refused when the path's rule asks for more. */
  const admit = async (request: FastifyRequest, path: string): Promise<Caller | undefined> => {
    const requirement = requirementFor(rules, path);
    if (requirement === undefined) throw notFound(`There is nothing at ${path}, and no rule about it.`);
    if (requirement === 'allow') return authenticate(core, request).catch(() => undefined);
    const caller = await authenticate(core, request);
    if (!satisfies(requirement, caller.claims)) {
      throw forbidden(`This needs ${describeRequirement(requirement)}.`);
    }
    return caller;
  };
  const admitUser = async (request: FastifyRequest, path: string): Promise<Caller> =>
    (await admit(request, path)) ?? authenticate(core, request);

  void app.register(async scope => {
    scope.addContentTypeParser(/^text\//, { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    scope.get('/api/public', CONFIG, async request => {
      await admit(request, '/api/public');
      return { message: 'Anybody may read this.' };
    });

    scope.get('/api/profile', CONFIG, async request => {
      return publicUser((await admitUser(request, '/api/profile')).user);
    });

    scope.get('/api/admin', CONFIG, async request => {
      await admit(request, '/api/admin');
      return { message: 'You are an administrator.', users: [...core.store.users.values()].map(publicUser) };
    });

    scope.get('/api/reports', CONFIG, async request => {
      await admit(request, '/api/reports');
      return { reports: [{ id: 1, title: 'Engines built this year', value: 1843 }] };
    });

    scope.get('/api/notes', CONFIG, async request => {
      const { user } = await admitUser(request, '/api/notes');
      const own = core.store.notes.filter(note => note.userId === user.id);
      return { notes: own.map(({ id, text, createdAt }) => ({ id, text, createdAt: iso(createdAt) })) };
    });

    scope.post('/api/notes', CONFIG, async (request, reply) => {
      const { user } = await admitUser(request, '/api/notes');
      const fields = new RequestFields(request.body);
      const text = fields.text('text', { max: 2000, expected: 'must be a text of 1 to 2000 characters' });
      fields.check();
      const note = { id: randomUUID(), userId: user.id, text, createdAt: core.clock.now() };
      core.store.notes = [...core.store.notes, note];
      await core.store.save();
      reply.code(201);
      return { id: note.id, text, createdAt: iso(note.createdAt) };
    });

    scope.route({
      method: ['GET', 'POST'],
      url: '/api/transfer',
      ...CONFIG,
      handler: async request => {
        const caller = await admitUser(request, '/api/transfer');
        demandSignIn(core, request, caller, TRANSFER);
        return { message: 'You may transfer money.', method: request.method };
      },
    });

    scope.route({
      method: METHODS,
      url: '/api/echo',
      ...CONFIG,
      handler: async request => {
        const caller = await admit(request, '/api/echo');
        return {
          method: request.method,
          authorization: request.headers.authorization !== undefined,
          ...(caller && { sub: caller.user.id, gen: caller.generation }),
          body: request.body ?? null,
        };
      },
    });

    scope.route<{ Params: { '*': string } }>({
      method: METHODS,
      url: '/api/*',
      ...CONFIG,
      handler: async request => {
        const path = `/api/${request.params['*']}`;
        const caller = await admit(request, path);
        return { path, method: request.method, ...(caller && { sub: caller.user.id }) };
      },
    });
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
