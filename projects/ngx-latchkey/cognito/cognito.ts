import { type AuthProvider, authError, isJsonObject, secureUrl } from 'ngx-latchkey/core';
import { type CognitoActions, cognitoActions } from './cognito-actions';
import { answerChallenge, readStep } from './cognito-challenge';
import { failureOf, failureOfRenewal } from './cognito-failure';
import type { CognitoCredentials, CognitoOptions } from './cognito-options';
import { cognitoPool } from './cognito-pool';
import { REFRESH_TOKEN, readGrant, text } from './cognito-tokens';

/**
 * Amazon Cognito user pools, without a redirect: the app has its own login form.
 *
 * A sign-in may come to a `CognitoChallenge`, which the app answers with a `CognitoChallengeAnswer`.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example
 * provideAuth(cognito({
 *   region: 'eu-west-1',
 *   userPoolId: 'eu-west-1_AbCdEf123',
 *   clientId: '1example23456789',
 *   api: ['https://api.example.com'],
 *   srp: srp(() => import('cognito-srp-helper')),
 * }))
 */
export function cognito(options: CognitoOptions): AuthProvider<CognitoCredentials, CognitoActions> {
  const { clientId, region, token = 'access', renewal, srp } = options;
  const endpoint = secureUrl(options.endpoint ?? `https://cognito-idp.${region}.amazonaws.com`);
  const pool = cognitoPool(endpoint.href, options);

  return {
    id: 'cognito',
    // A session of the one token is of no use to an app that sends the other.
    audience: `${endpoint.origin} ${clientId} ${token}`,
    endpoints: [endpoint.href],
    signIn: {
      async start(input, http) {
        if (!isCredentials(input)) {
          const wanted = '{ username, password }, both of them text that is not empty';
          throw authError('needs-user', 'invalid-input', wanted);
        }
        if (srp !== undefined) return srp(input, http, pool);
        const { username, password } = input;
        const json = {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: clientId,
          AuthParameters: { USERNAME: username, PASSWORD: password },
        };
        return pool.ask(http, 'InitiateAuth', json, answer => readStep(answer, username, pool));
      },
      answer: (challenge, input, http) => answerChallenge(challenge, input, http, pool),
    },
    session: {
      kind: 'renewable',
      secret: 'held',
      rotation: options.rotation ?? 'grace',
      secretAt: [REFRESH_TOKEN],
      renew: {
        request: ({ secret = '' }) =>
          renewal === 'REFRESH_TOKEN_AUTH'
            ? pool.request('InitiateAuth', {
                AuthFlow: renewal,
                ClientId: clientId,
                AuthParameters: { REFRESH_TOKEN: secret },
              })
            : pool.request('GetTokensFromRefreshToken', { ClientId: clientId, RefreshToken: secret }),
        read: answer => readGrant(answer, options) ?? failureOfRenewal(answer),
      },
      end: {
        request: ({ secret = '' }) => {
          return pool.request('RevokeToken', { ClientId: clientId, Token: secret });
        },
        read: answer => (answer.status < 300 ? undefined : failureOf(answer)),
      },
    },
    api: { origins: options.api ?? [] },
    actions: context => cognitoActions(context, pool),
    factory: cognito,
  };
}

function isCredentials(input: object): input is CognitoCredentials {
  return (
    isJsonObject(input) && [input['username'], input['password']].every(value => text(value) !== undefined)
  );
}
