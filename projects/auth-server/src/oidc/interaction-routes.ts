import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults, Provider } from 'oidc-provider';
import type { Core } from '../core.js';
import { levelsIn, ONE_TIME_CODE, PASSWORD, SECOND_FACTOR } from './authentication-level.js';
import { codePage, loginPage, LOST_LOGIN_PAGE } from './login-page.js';
import { TOO_WEAK } from './login-policy.js';
import { headersOf, htmlOf, type Page } from './page.js';
import { textOf } from './parameter.js';

const ADDRESS = '/oidc/interaction/:uid';
const WRONG = 'The user name or the password is wrong.';
const WRONG_CODE = 'The code is wrong.';
/** Who has given the password of a sign-in that wants a code too. */
const HALF_WAY = 'HalfWay';
/** Seconds that the second page may take. */
const CODE_PATIENCE = 600;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The sign-in pages. Consent is given without a page: all clients are this server's own. */
export function addInteractionRoutes(scope: FastifyInstance, core: Core): void {
  const { storage } = core.openid;
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
  /** Of whom only the code is missing: the password has just been given, or the browser is signed in by one. */
  const waitingForCode = ({ uid, prompt, session }: Interaction): string | undefined =>
    storage.find(HALF_WAY, uid)?.accountId ??
    (prompt.reasons.every(reason => reason === TOO_WEAK) ? session?.accountId : undefined);

  scope.get(ADDRESS, { config: { point: 'any' } }, async (request, reply) => {
    const interaction = await find(request, reply);
    if (interaction === undefined) return show(reply.code(400), LOST_LOGIN_PAGE);
    if (interaction.prompt.name === 'consent') return finish(request, reply, { consent: {} });
    const { client_id: client, login_hint: hint } = interaction.params;
    const isHalfWay = waitingForCode(interaction) !== undefined;
    return show(reply, isHalfWay ? codePage(textOf(client)) : loginPage(textOf(client), textOf(hint)));
  });

  scope.post(ADDRESS, { config: { point: 'any' } }, async (request, reply) => {
    const interaction = await find(request, reply);
    if (interaction === undefined) return show(reply.code(400), LOST_LOGIN_PAGE);
    const form = new URLSearchParams(textOf(request.body));
    const client = textOf(interaction.params['client_id']);
    if (form.has('cancel')) {
      const denial = { error: 'access_denied', error_description: 'The user did not sign in.' };
      return finish(request, reply, denial);
    }
    const halfWay = waitingForCode(interaction);
    if (halfWay !== undefined) {
      const isRight = form.get('code') === ONE_TIME_CODE;
      core.log.note(request.raw, { sub: halfWay, outcome: isRight ? 'signed_in' : 'invalid_code' });
      if (!isRight) return show(reply, codePage(client, form.has('code') ? WRONG_CODE : undefined));
      const login = { accountId: halfWay, acr: SECOND_FACTOR, amr: ['pwd', 'otp', 'mfa'] };
      return finish(request, reply, { login });
    }
    const username = form.get('username') ?? '';
    const user = await core.users.authenticate(username, form.get('password') ?? '');
    core.log.note(
      request.raw,
      user ? { sub: user.id, outcome: 'signed_in' } : { outcome: 'invalid_credentials' },
    );
    if (user === undefined) return show(reply, loginPage(client, username, WRONG));
    if (levelsIn(interaction.params['acr_values'])[0] === SECOND_FACTOR) {
      storage.put(HALF_WAY, interaction.uid, { accountId: user.id }, CODE_PATIENCE);
      core.log.note(request.raw, { outcome: 'code_wanted' });
      return show(reply, codePage(client));
    }
    return finish(request, reply, { login: { accountId: user.id, acr: PASSWORD, amr: ['pwd'] } });
  });
}

function show(reply: FastifyReply, page: Page): FastifyReply {
  return reply.headers(headersOf(page)).type('text/html; charset=utf-8').send(htmlOf(page));
}
