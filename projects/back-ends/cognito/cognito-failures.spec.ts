import { type Refusal, isRefusal } from 'ngx-latchkey/core';
import { type Cognito, expectCode, providerOf } from './cognito-behaviour';
import { type CognitoDouble, startCognitoDouble } from './cognito-double';
import { type NodeTab, nodeTab } from '../harness/node-tab';

describe('cognito(): an answer to a renewal', () => {
  let double: CognitoDouble;
  let provider: Cognito;
  let tab: NodeTab;

  beforeEach(async () => {
    double = await startCognitoDouble();
    provider = providerOf(double);
    tab = nodeTab(provider);
    await tab.engine.signIn({ username: 'ada', password: double.password });
  });

  afterEach(async () => {
    tab.close();
    await double.close();
  });

  for (const type of [
    'NotAuthorizedException',
    'TokenRevokedException',
    'UserNotFoundException',
    'PasswordResetRequiredException',
    'UserNotConfirmedException',
    'RefreshTokenReuseException',
    'com.amazonaws.cognitoidentityprovider#NotAuthorizedException',
  ]) {
    it(`ends the session with ${type}`, async () => {
      double.fail('GetTokensFromRefreshToken', 400, type);
      await expectCode(tab.engine.refresh(), 'session-ended');
      expect(tab.engine.state().endReason).toBe('refused');
    });
  }

  const kept: readonly (readonly [status: number, type: string, code: string])[] = [
    [400, 'TooManyRequestsException', 'rate-limited'],
    [400, 'LimitExceededException', 'rate-limited'],
    [400, 'ThrottlingException', 'rate-limited'],
    [500, 'InternalErrorException', 'server-error'],
    [503, 'ServiceUnavailableException', 'server-error'],
    [500, 'NotAuthorizedException', 'server-error'],
    [403, 'ForbiddenException', 'unexpected-answer'],
    [400, 'UnexpectedLambdaException', 'unexpected-answer'],
    [400, 'ResourceNotFoundException', 'not-configured'],
    [400, 'UnknownOperationException', 'not-configured'],
    [500, 'CognitoLocal#Unsupported', 'not-configured'],
    [400, 'InvalidParameterException', 'not-configured'],
  ];
  for (const [status, type, code] of kept) {
    it(`keeps the session with ${String(status)} ${type}`, async () => {
      double.fail('GetTokensFromRefreshToken', status, type);
      await expectCode(tab.engine.refresh(), code);
      expect(tab.engine.usable()).not.toBeNull();
      expect(tab.engine.state().endReason).toBeFalsy();
    });
  }
});

describe('cognito(): an answer to a sign-in', () => {
  const { signIn } = providerOf({ address: 'http://127.0.0.1:9', userPoolId: 'eu_1', clientId: 'c' });
  const failures: readonly (readonly [type: string, message: string, code: string, failure: string])[] = [
    ['NotAuthorizedException', 'Incorrect username or password.', 'invalid-credentials', 'refused'],
    ['InvalidPasswordException', 'Invalid password', 'invalid-credentials', 'refused'],
    ['UserNotFoundException', 'User does not exist.', 'invalid-credentials', 'refused'],
    ['NotAuthorizedException', 'User is disabled.', 'account-locked', 'refused'],
    ['NotAuthorizedException', 'Password attempts exceeded', 'account-locked', 'refused'],
    ['TooManyFailedAttemptsException', 'Slowly.', 'account-locked', 'refused'],
    ['NotAuthorizedException', 'Invalid session for the user.', 'challenge-expired', 'refused'],
    ['UserNotConfirmedException', 'User is not confirmed.', 'account-not-verified', 'refused'],
    ['PasswordResetRequiredException', 'Reset it.', 'password-reset-required', 'refused'],
    ['UserLambdaValidationException', 'PreAuthentication failed.', 'not-allowed', 'refused'],
    ['InvalidParameterException', 'Username is too long', 'invalid-input', 'refused'],
    ['ExpiredCodeException', 'Too late.', 'expired-code', 'refused'],
    [
      'InvalidParameterException',
      'USER_PASSWORD_AUTH flow not enabled for this client',
      'not-configured',
      'misconfigured',
    ],
    [
      'NotAuthorizedException',
      'Client 1 is configured with secret but SECRET_HASH was not received',
      'not-configured',
      'misconfigured',
    ],
    ['ResourceNotFoundException', 'User pool client 1 does not exist.', 'not-configured', 'misconfigured'],
    ['TooManyRequestsException', 'Rate exceeded', 'rate-limited', 'not-now'],
  ];
  for (const [type, message, code, failure] of failures) {
    it(`is ${code} for ${type}: ${message}`, async () => {
      let read: Refusal | undefined;
      await signIn.start(
        { username: 'ada', password: 'x' },
        {
          async send(exchange, input) {
            const outcome = exchange.read(
              { status: 400, headers: {}, json: { __type: type, message } },
              input,
            );
            if (isRefusal(outcome)) read = outcome;
            return outcome as never;
          },
        },
      );
      expect(read).toEqual(jasmine.objectContaining({ code, failure }));
    });
  }
});
