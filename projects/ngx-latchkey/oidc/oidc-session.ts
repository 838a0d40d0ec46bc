import {
  type Held,
  type RenewableSession,
  type WireRequest,
  authError,
  memberAt,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { memoryOf } from './oidc-memory';
import type { OidcOptions, Vendor } from './oidc-options';
import { readRenewal } from './token-answer';
import { userInfo } from './user-info';

/**
 * The session: renewed by one form POST of our own, which is always loaded. A page that is nine hours old may find that the file with the rest of the
 * protocol is gone with a deploy.
 *
 * @param discovered an endpoint by its name in the server's metadata, as far as a sign-in in this page has read that
 */
export function oidcSession(
  options: OidcOptions,
  vendor: Vendor,
  discovered: (name: string) => string | undefined,
): RenewableSession {
  const { clientId, endpoints, issuer } = options;
  const tokenEndpoint = (held: Held): string =>
    endpoints?.token ?? memoryOf(held).tokenEndpoint ?? discovered('token_endpoint') ?? issuer;
  const resource = options.resource === undefined ? {} : { resource: options.resource };

  return {
    kind: 'renewable',
    secret: 'held',
    rotation: options.rotation ?? 'strict',
    secretAt: ['refresh_token'],
    renew: {
      request: held =>
        post(tokenEndpoint(held), {
          grant_type: 'refresh_token',
          client_id: clientId,
          refresh_token: held.secret ?? '',
          ...resource,
        }),
      read: (answer, held) => readRenewal(answer, held, options),
    },
    // Where the APIs take the ID token, there is no access token to ask with.
    ...(options.userInfo && options.token !== 'id' && { check: userInfo(options) }),
    end: {
      request: held => {
        const memory = memoryOf(held);
        const endSession = endpoints?.endSession ?? memory.endSessionEndpoint;
        const token = held.secret ?? held.token;
        const whole = vendor.endByPost && options.logout !== 'local';
        if (whole && endSession && held.secret !== undefined) {
          return post(endSession, { client_id: clientId, refresh_token: held.secret });
        }
        const revocation =
          endpoints?.revocation ?? memory.revocationEndpoint ?? discovered('revocation_endpoint');
        if (revocation === undefined) throw authError('misconfigured', 'not-revocable', issuer);
        return post(revocation, {
          client_id: clientId,
          token,
          token_type_hint: held.secret ? 'refresh_token' : 'access_token',
        });
      },
      read: answer => {
        // What it does not know any more is over as well.
        const over = answer.status < 300 || memberAt(answer.json, 'error') === 'invalid_grant';
        return over ? undefined : unexpectedAnswer(answer);
      },
    },
  };
}

function post(url: string, form: Readonly<Record<string, string>>): WireRequest {
  return { url, method: 'POST', form };
}
