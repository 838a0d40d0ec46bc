import { randomUUID } from 'node:crypto';
import type { DoubleTokens } from './double-tokens';
import { CODE, type DoubleUser, newUser } from './double-users';
import { doubleSignIn } from './double-sign-in';
import { type Body, type DoubleOperation, failure } from './double-wire';

/** What the double can do, by the names of the operations. */
export function doubleOperations(
  userPoolId: string,
  clientId: string,
  users: Map<string, DoubleUser>,
  tokens: DoubleTokens,
): Readonly<Record<string, DoubleOperation>> {
  const known =
    (act: (user: DoubleUser, body: Body) => object): DoubleOperation =>
    body => {
      const user = users.get(body['Username'] ?? '');
      return user ? act(user, body) : failure('UserNotFound', 'Username/client id combination not found.');
    };
  const signedIn =
    (act: (user: DoubleUser, body: Body) => object): DoubleOperation =>
    body => {
      const user = tokens.owner(body['AccessToken'] ?? '');
      return user ? act(user, body) : failure('NotAuthorized', 'Access Token has been revoked');
    };
  const ofClient =
    (act: DoubleOperation): DoubleOperation =>
    body =>
      body['ClientId'] === clientId
        ? act(body)
        : failure('ResourceNotFound', `User pool client ${String(body['ClientId'])} does not exist.`);
  const withCode = (act: (user: DoubleUser, body: Body) => object): DoubleOperation =>
    ofClient(
      known((user, body) =>
        body['ConfirmationCode'] === CODE
          ? act(user, body)
          : failure('CodeMismatch', 'Invalid verification code provided, please try again.'),
      ),
    );

  function renew(refreshToken: string, rotate: boolean): object {
    const result = tokens.renew(refreshToken, rotate);
    if (result === 'revoked') return failure('NotAuthorized', 'Refresh Token has been revoked');
    if (result === 'reused') return failure('RefreshTokenReuse', 'Refresh token has been reused');
    return { AuthenticationResult: result, ChallengeParameters: {} };
  }

  const { initiate, respond } = doubleSignIn(userPoolId, users, tokens);
  return {
    InitiateAuth: ofClient(body =>
      body['AuthFlow'] === 'REFRESH_TOKEN_AUTH'
        ? renew(body.AuthParameters?.['REFRESH_TOKEN'] ?? '', false)
        : initiate(body),
    ),
    RespondToAuthChallenge: ofClient(respond),
    GetTokensFromRefreshToken: ofClient(body => renew(body['RefreshToken'] ?? '', true)),
    RevokeToken: ofClient(body => {
      tokens.revoke(body['Token'] ?? '');
      return {};
    }),
    GlobalSignOut: signedIn(user => {
      tokens.revokeAll(user);
      return {};
    }),
    GetUser: signedIn(user => ({
      Username: user.username,
      UserAttributes: Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({
        Name,
        Value,
      })),
    })),
    ChangePassword: signedIn((user, body) => {
      if (body['PreviousPassword'] !== user.password) {
        return failure('NotAuthorized', 'Incorrect username or password.');
      }
      return setPassword(user, body['ProposedPassword']);
    }),
    SignUp: ofClient(({ Username = '', Password, UserAttributes = [] }) => {
      if (users.has(Username)) return failure('UsernameExists', 'User already exists');
      const attributes = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
      const user = newUser(Username, { attributes, confirmed: false, sub: randomUUID() });
      const refused = setPassword(user, Password);
      if ('__type' in refused) return refused;
      users.set(Username, user);
      return { UserConfirmed: false, UserSub: user.sub, ...delivery(user) };
    }),
    ConfirmSignUp: withCode(user => {
      user.confirmed = true;
      return {};
    }),
    ResendConfirmationCode: ofClient(known(delivery)),
    ForgotPassword: ofClient(known(delivery)),
    ConfirmForgotPassword: withCode((user, body) => setPassword(user, body['Password'])),
  };
}

function setPassword(user: DoubleUser, password = ''): object {
  if (password.length < 8) {
    return failure('InvalidPassword', 'Password did not conform with policy: Password not long enough');
  }
  user.password = password;
  user.mustReset = false;
  return {};
}

function delivery({ attributes }: DoubleUser): object {
  const [name = '', domain = ''] = (attributes['email'] ?? '').split('@');
  const Destination = `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination } };
}
