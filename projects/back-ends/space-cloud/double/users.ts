import { scryptSync } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Document } from './collections';
import { bearer, fail } from './http-answers';
import type { Project } from './project';
import { admit } from './rules';

/** User management by e-mail: sign-in, sign-up, profiles. */
export function users(app: FastifyInstance, project: Project): void {
  const { collections } = project;
  const base = `/v1/api/${project.id}/auth/${project.database}`;
  const byEmail = (email: string): Document | undefined => collections.find('users', { email })[0];
  const grant = async (user: Document): Promise<object> => ({
    user: withoutPassword(user),
    token: await project.tokens.create({ id: user['_id'], email: user['email'], role: user['role'] }),
  });

  app.post(`${base}/email/signin`, async (request, reply) => {
    const given = texts(request.body, ['email', 'pass']);
    if (given === undefined) return crash(reply);
    if (!project.emailSignIn) return fail(reply, 404, 'Email sign in feature is not enabled');
    const user = byEmail(given['email'] ?? '');
    if (user === undefined) return fail(reply, 404, 'User not found');
    if (user['pass'] !== hash(given['pass'])) return fail(reply, 401, 'Given credentials are not correct');
    return grant(user);
  });

  app.post(`${base}/email/signup`, async (request, reply) => {
    const given = texts(request.body, ['email', 'pass', 'name', 'role']);
    if (given === undefined) return crash(reply);
    if (!project.emailSignIn) return fail(reply, 404, 'Email sign in feature is not enabled');
    if (byEmail(given['email'] ?? '')) return fail(reply, 409, 'User with provided email already exists');
    return grant(collections.insert('users', { ...given, pass: hash(given['pass']) }));
  });

  app.get<{ Params: { id: string } }>(`${base}/profile/:id`, async (request, reply) => {
    try {
      await admit(project.rules['users'], bearer(request), project.tokens);
    } catch (error) {
      return fail(reply, 403, error);
    }
    const user = collections.find('users', { _id: request.params.id })[0];
    return user ? { user: withoutPassword(user) } : fail(reply, 500, 'mongo: no documents in result');
  });

  app.get(`${base}/profiles`, async (request, reply) => {
    try {
      await admit(project.rules['users'], bearer(request), project.tokens);
    } catch (error) {
      return fail(reply, 403, error);
    }
    return { users: collections.find('users').map(withoutPassword) };
  });

  app.post<{ Params: { id: string } }>(`${base}/edit_profile/:id`, async (request, reply) => {
    const given = texts(request.body, ['email', 'name', 'pass']);
    if (given === undefined) return crash(reply);
    try {
      await admit(project.rules['users'], bearer(request), project.tokens);
    } catch (error) {
      return fail(reply, 403, error);
    }
    const { email = '', name = '', pass = '' } = given;
    collections.update(
      'users',
      { _id: request.params.id },
      {
        ...(email !== '' && { email }),
        ...(name !== '' && { name }),
        ...(pass !== '' && { pass: hash(pass) }),
      },
    );
    const user = collections.find('users', { _id: request.params.id })[0];
    return user ? grant(user) : fail(reply, 404, 'User not found');
  });
}

export function hash(password = ''): string {
  return scryptSync(password, 'double', 16).toString('hex');
}

function withoutPassword({ pass: _, ...user }: Document): Document {
  return user;
}

/** The members of a body, if all of them are texts. */
function texts(body: unknown, names: readonly string[]): Readonly<Record<string, string>> | undefined {
  const given = (body ?? {}) as Document;
  if (!names.every(name => typeof given[name] === 'string')) return undefined;
  return Object.fromEntries(names.map(name => [name, given[name] as string]));
}

/** What becomes of a request that the gateway's handler dies of. */
function crash(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}
