import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readNewPassword, readOptionalEmail, readOptionalName, readUsername } from '../account-fields.js';
import type { Core } from '../core.js';
import { accountLocked, accountNotVerified, invalidCredentials, invalidGrant, notFound } from '../errors.js';
import { RequestFields } from '../request-fields.js';
import { requestPasswordReset, resetPassword, verifyEmail } from './account.js';
import { authenticate } from './authenticate.js';
import { authToken, averosUser, userNameIn } from './averos-shapes.js';
import { taken } from './grant-answer.js';
import { clearRefreshCookie, refuseForgery, setRefreshCookie } from './refresh-cookie.js';

/** The status by which Averos back ends say that the session is over and no refresh will help. */
const SESSION_OVER = 460;

/** 442 says: show nothing, let the caller handle it. */
const LEFT_TO_THE_CALLER = 442;

/** The contract of an Averos back end below `root`, which is empty or `/averos`. */
export function addAverosContract(app: FastifyInstance, core: Core, root: string): void {
  const base = `${root}/auth`;
  const cookie = { name: 'averos_rt', path: base };

  void app.register(async scope => {
    scope.addHook('preHandler', async request => refuseForgery(core, request));
    scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    scope.post(`${base}/register`, { config: { point: 'any' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const names = [readOptionalName(fields, 'firstName'), readOptionalName(fields, 'lastName')];
      const input = {
        username: readUsername(fields, 'userName'),
        password: readNewPassword(fields, 'password'),
        email: readOptionalEmail(fields, 'email'),
        name: names.filter(name => name !== undefined).join(' ') || undefined,
      };
      fields.check();
      const user = await core.users.register(input);
      if (typeof user === 'string') throw taken(user);
      await core.store.save();
      core.log.note(request.raw, { sub: user.id, outcome: 'registered' });
      reply.code(201);
      return averosUser(user);
    });

    scope.post(`${base}/login`, { config: { point: 'login' } }, async (request, reply) => {
      const fields = new RequestFields(request.body);
      const name = fields.optionalText('userName') ?? fields.optionalText('email');
      if (name === undefined) fields.problem('userName', 'or email is required');
      const password = fields.text('password');
      fields.check();
      const user = await core.users.authenticate(name ?? '', password);
      if (user === undefined) throw invalidCredentials();
      if (user.locked) throw accountLocked(LEFT_TO_THE_CALLER);
      // Whoever has no address could never verify it.
      if (!user.emailVerified && user.email !== '') {
        core.users.issueToken('email-verification', user);
        await core.store.save();
        throw accountNotVerified();
      }
      const { session, refreshToken } = core.sessions.start(user.id, 'averos');
      core.log.note(request.raw, { sub: user.id, gen: 0, outcome: 'signed_in' });
      setRefreshCookie(core, reply, cookie, refreshToken);
      const answer = { auth_token: authToken(user, core.access.issueOpaque(session.id)) };
      await core.store.save();
      return answer;
    });

    scope.route({
      method: 'POST',
      url: `${base}/rt/`,
      config: { point: 'refresh' },
      handler: async (request, reply) => {
        const claimed = userNameIn(request.body);
        const presented = request.cookies[cookie.name] ?? '';
        const holder = core.sessions.find(presented, 'averos');
        const user = holder === undefined ? undefined : core.users.byId(holder.userId);
        const isOther = claimed !== undefined && claimed.toLowerCase() !== user?.username.toLowerCase();
        if (user === undefined || isOther) {
          clearRefreshCookie(reply, cookie);
          throw invalidGrant('unknown', SESSION_OVER);
        }
        const refreshed = core.sessions.refresh(presented, 'averos');
        const gen = refreshed.session?.generation ?? 0;
        core.log.note(request.raw, { sub: user.id, gen, outcome: refreshed.outcome });
        if (refreshed.outcome === 'refused') {
          clearRefreshCookie(reply, cookie);
          await core.store.save();
          throw invalidGrant(refreshed.reason, SESSION_OVER);
        }
        setRefreshCookie(core, reply, cookie, refreshed.refreshToken);
        const answer = { auth_token: authToken(user, core.access.issueOpaque(refreshed.session.id)) };
        await core.store.save();
        return answer;
      },
    });

    scope.post(`${base}/logout`, { config: { point: 'logout' } }, async (request, reply) => {
      const byBearer = await core.access.caller(request.headers.authorization).catch(() => undefined);
      const session = byBearer?.session ?? core.sessions.find(request.cookies[cookie.name] ?? '', 'averos');
      if (session !== undefined) core.sessions.end(session.id, 'logout');
      await core.store.save();
      core.log.note(request.raw, { outcome: 'signed_out', ...(session && { sub: session.userId }) });
      clearRefreshCookie(reply, cookie);
      return { message: 'You are signed out.' };
    });

    scope.get(`${base}/luroles`, { config: { point: 'api' } }, async request => {
      return { active_user_roles: (await authenticate(core, request)).user.roles };
    });

    scope.get<{ Params: { name: string } }>(
      `${base}/users/:name`,
      { config: { point: 'any' } },
      async request => {
        return { exists: core.users.byName(request.params.name) !== undefined };
      },
    );

    scope.get<{ Params: { email: string } }>(
      `${base}/users/email/:email`,
      { config: { point: 'any' } },
      async request => ({ exists: core.users.byEmail(request.params.email) !== undefined }),
    );

    scope.post(`${base}/vaccount`, { config: { point: 'any' } }, async request => {
      const fields = new RequestFields(request.body);
      const token = fields.text('token');
      fields.check();
      await verifyEmail(core, token);
      return { message: 'The account is verified.' };
    });

    scope.post(`${base}/rrp`, { config: { point: 'any' } }, async request => {
      const fields = new RequestFields(request.body);
      const email = fields.text('email');
      fields.check();
      await requestPasswordReset(core, email);
      return { message: 'If the address is known, a reset token is waiting on the console page.' };
    });

    scope.post(`${base}/rp`, { config: { point: 'any' } }, async request => {
      const fields = new RequestFields(request.body);
      const token = fields.text('token');
      const password = readNewPassword(fields, 'password');
      fields.check();
      await resetPassword(core, token, password);
      return { message: 'The password is changed.' };
    });

    addProfiles(scope, core, root);
  });
}

/** User profiles: anybody's to administrators, one's own to everybody else. */
function addProfiles(scope: FastifyInstance, core: Core, root: string): void {
  const readable = async (request: FastifyRequest): Promise<ReturnType<typeof averosUser>[]> => {
    const { user } = await authenticate(core, request);
    const everybody = user.roles.includes('admin') ? [...core.store.users.values()] : [user];
    return everybody.map(averosUser);
  };

  scope.get<{ Querystring: { filter?: string } }>(
    `${root}/uapi/users/`,
    { config: { point: 'api' } },
    async request => {
      const users = await readable(request);
      const wanted = readFilter(request.query.filter);
      return { returnedEntities: users.filter(user => wanted === undefined || user.userName === wanted) };
    },
  );

  scope.get<{ Params: { id: string } }>(
    `${root}/uapi/users/:id`,
    { config: { point: 'api' } },
    async request => {
      const user = (await readable(request)).find(({ _id }) => _id === request.params.id);
      if (user === undefined) throw notFound('There is no such user, or you may not see it.');
      return user;
    },
  );
}

function readFilter(filter: string | undefined): string | undefined {
  if (filter === undefined) return undefined;
  const fields = new RequestFields({ filter });
  try {
    const wanted = new RequestFields(JSON.parse(filter)).object('userName')['$eq'];
    if (typeof wanted === 'string') return wanted;
  } catch {
    // Answered like every other filter that is not understood.
  }
  fields.problem('filter', 'must look like {"userName":{"$eq":"ada"}}');
  fields.check();
  return undefined;
}
