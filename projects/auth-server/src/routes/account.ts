import type { FastifyInstance } from 'fastify';
import { readNewPassword } from '../account-fields.js';
import type { Core } from '../core.js';
import { invalidRequest } from '../errors.js';
import { RequestFields } from '../request-fields.js';

/** Password reset and e-mail verification. Nothing is e-mailed: the console page and `/admin/state` show the tokens. */
export function addAccountRoutes(scope: FastifyInstance, core: Core, base: string): void {
  scope.post(`${base}/password/forgot`, { config: { point: 'any' } }, async (request, reply) => {
    const fields = new RequestFields(request.body);
    const email = fields.text('email');
    fields.check();
    await requestPasswordReset(core, email);
    reply.code(202);
    return { message: 'If the address is known, a reset token is waiting on the console page.' };
  });

  scope.post(`${base}/password/reset`, { config: { point: 'any' } }, async (request, reply) => {
    const fields = new RequestFields(request.body);
    const token = fields.text('token');
    const password = readNewPassword(fields, 'password');
    fields.check();
    await resetPassword(core, token, password);
    return reply.code(204).send();
  });

  scope.post(`${base}/email/verify`, { config: { point: 'any' } }, async (request, reply) => {
    const fields = new RequestFields(request.body);
    const token = fields.text('token');
    fields.check();
    await verifyEmail(core, token);
    return reply.code(204).send();
  });
}

export async function requestPasswordReset(core: Core, email: string): Promise<void> {
  const user = core.users.byEmail(email);
  if (user === undefined) return;
  core.users.issueToken('password-reset', user);
  await core.store.save();
}

/** Ends the user's sessions too: whoever knew the old password is out. */
export async function resetPassword(core: Core, token: string, password: string): Promise<void> {
  const user = core.users.redeemToken('password-reset', token);
  if (user === undefined) throw unknownToken();
  await core.users.changePassword(user, password);
  core.sessions.endAll('revoked', user.id);
  core.openid.storage.endAll(user.id);
  await core.store.save();
}

export async function verifyEmail(core: Core, token: string): Promise<void> {
  const user = core.users.redeemToken('email-verification', token);
  if (user === undefined) throw unknownToken();
  core.users.markVerified(user);
  await core.store.save();
}

function unknownToken(): Error {
  return invalidRequest({ token: 'token is not known or too old. Ask for a new one.' });
}
