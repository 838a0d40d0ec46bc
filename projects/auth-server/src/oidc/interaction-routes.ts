import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults, Provider } from 'oidc-provider';
import type { Core } from '../core.js';
import { loginPage, LOST_LOGIN_PAGE } from './login-page.js';
import { headersOf, htmlOf, type Page } from './page.js';
import { textOf } from './parameter.js';

const ADDRESS = '/oidc/interaction/:uid';
const WRONG = 'The user name or the password is wrong.';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The sign-in page. Consent is given without a page: all clients are this server's own. */
export function addInteractionRoutes(scope: FastifyInstance, core: Core): void {
  const find = async (request: FastifyRequest, reply: FastifyReply): Promise<Interaction | undefined> => {
    const provider = await core.openid.providerFor(request);
    return provider.interactionDetails(request.raw, reply.raw).catch(() => undefined);
  };
  const finish = async (
    request: FastifyRequest,
    reply: FastifyReply,
    result: InteractionResults,
  ): Promise<FastifyReply> => {
    const provider = await core.openid.providerFor(request);
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
  };

  scope.get(ADDRESS, { config: { point: 'any' } }, async (request, reply) => {
    const interaction = await find(request, reply);
    if (interaction === undefined) return show(reply.code(400), LOST_LOGIN_PAGE);
    if (interaction.prompt.name === 'consent') return finish(request, reply, { consent: {} });
    const { client_id: client, login_hint: hint } = interaction.params;
    return show(reply, loginPage(textOf(client), textOf(hint)));
  });

  scope.post(ADDRESS, { config: { point: 'any' } }, async (request, reply) => {
    const interaction = await find(request, reply);
    if (interaction === undefined) return show(reply.code(400), LOST_LOGIN_PAGE);
    const form = new URLSearchParams(textOf(request.body));
    if (form.has('cancel')) {
      const denial = { error: 'access_denied', error_description: 'The user did not sign in.' };
      return finish(request, reply, denial);
    }
    const username = form.get('username') ?? '';
    const user = await core.users.authenticate(username, form.get('password') ?? '');
    core.log.note(
      request.raw,
      user ? { sub: user.id, outcome: 'signed_in' } : { outcome: 'invalid_credentials' },
    );
    if (user === undefined) {
      return show(reply, loginPage(textOf(interaction.params['client_id']), username, WRONG));
    }
    return finish(request, reply, { login: { accountId: user.id, amr: ['pwd'] } });
  });
}

function show(reply: FastifyReply, page: Page): FastifyReply {
  return reply.headers(headersOf(page)).type('text/html; charset=utf-8').send(htmlOf(page));
}
