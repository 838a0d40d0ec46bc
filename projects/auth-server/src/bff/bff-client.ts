import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { ApiError } from '../errors.js';
import { askProvider, ISSUER_PATH } from '../oidc/ask-provider.js';
import { BFF_CLIENT } from '../oidc/clients.js';

/** What the issuer handed out, and the page never sees. */
export interface BffTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Form = Readonly<Record<string, string>>;

/** Where the issuer begins a sign-in, by code and PKCE. */
export async function authorizationUrl(
  core: Core,
  request: FastifyRequest,
  verifier: string,
  parameters: Form,
): Promise<string> {
  const { issuer } = await core.openid.providerFor(request);
  const query = new URLSearchParams({
    client_id: BFF_CLIENT,
    response_type: 'code',
    scope: 'openid profile email roles offline_access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return `${issuer}/auth?${query.toString()}`;
}

export function redeemCode(core: Core, request: FastifyRequest, form: Form): Promise<BffTokens | undefined> {
  return askForTokens(core, request, { grant_type: 'authorization_code', ...form });
}

export function renewTokens(
  core: Core,
  request: FastifyRequest,
  refreshToken: string,
): Promise<BffTokens | undefined> {
  return askForTokens(core, request, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** Undefined when the issuer says that the grant is no good; any other failure says nothing about the session. */
async function askForTokens(core: Core, request: FastifyRequest, form: Form): Promise<BffTokens | undefined> {
  const provider = await core.openid.providerFor(request);
  const answer = await askProvider(provider, `${ISSUER_PATH}/token`, {
    method: 'POST',
    headers: {
      host: new URL(provider.issuer).host,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({ client_id: BFF_CLIENT, ...form }).toString(),
  });
  const body = answer.json<Readonly<Record<string, unknown>>>();
  const { access_token: accessToken, refresh_token: refreshToken } = body;
  if (typeof accessToken === 'string' && typeof refreshToken === 'string') {
    return { accessToken, refreshToken };
  }
  if (body['error'] === 'invalid_grant') return undefined;
  throw new ApiError(502, 'issuer_failed', 'The issuer did not hand out tokens.');
}
