import {
  type ActionContext,
  type AuthUser,
  type Json,
  type JsonObject,
  type Refusal,
  type WireAnswer,
  memberAt,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { failureOf } from './cognito-failure';
import type { CognitoPool } from './cognito-pool';
import { accessTokenOf, text } from './cognito-tokens';
import { userFrom } from './cognito-user';

/** A new account. */
export interface CognitoSignUp {
  readonly username: string;
  readonly password: string;
  /** Such as `{ email: 'ada@example.com' }`; the pool says which are required. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Where a code was sent. */
export interface CognitoDelivery {
  /** Partly hidden, as in `a***@e***.com`; `undefined` if none was sent. */
  readonly sentTo?: string | undefined;
}

/** What a user pool can do besides keeping a session; see `injectAuthActions`. */
export interface CognitoActions {
  /** Creates an account. @throws AuthError `username-taken`, `weak-password`, `invalid-input`, `not-allowed` */
  signUp(account: CognitoSignUp): Promise<CognitoDelivery & { readonly confirmed: boolean }>;
  /** Confirms an account with the code that was sent. @throws AuthError `wrong-code`, `expired-code` */
  confirmSignUp(confirmation: { readonly username: string; readonly code: string }): Promise<void>;
  /** Sends another code. @throws AuthError `rate-limited` */
  resendCode(account: { readonly username: string }): Promise<CognitoDelivery>;
  /** Sends a code with which to set a new password. @throws AuthError `invalid-input` if there is no confirmed address */
  forgotPassword(account: { readonly username: string }): Promise<CognitoDelivery>;
  /** Sets a new password with such a code. @throws AuthError `wrong-code`, `expired-code`, `weak-password` */
  confirmForgotPassword(reset: {
    readonly username: string;
    readonly code: string;
    readonly password: string;
  }): Promise<void>;
  /** Changes the password of who is signed in. @throws AuthError `invalid-credentials`, `weak-password`, `unauthenticated` */
  changePassword(change: { readonly previous: string; readonly proposed: string }): Promise<void>;
  /** Asks who is signed in, with all attributes as they are now. @throws AuthError `unauthenticated`, `invalid-credentials` */
  profile(): Promise<AuthUser>;
  /** Has no session of the user renewed any more, on whatever device. Log out afterwards: this page knows of it only at its next renewal. */
  globalSignOut(): Promise<void>;
}

export function cognitoActions(
  { http, held, usable, end }: ActionContext,
  pool: CognitoPool,
): CognitoActions {
  const { options } = pool;
  const { clientId: ClientId } = options;
  const ask = <Output>(
    operation: string,
    json: Json,
    read: (answer: WireAnswer) => Output | Refusal,
  ): Promise<Output> =>
    pool.ask(http, operation, json, answer => (answer.status < 300 ? read(answer) : failureOf(answer)));
  const tell = (operation: string, json: Json): Promise<void> => ask(operation, json, () => undefined);
  const accessToken = async (): Promise<string> => accessTokenOf(await usable(), options);
  return {
    signUp: ({ username, password, attributes = {} }) =>
      ask(
        'SignUp',
        {
          ClientId,
          Username: username,
          Password: password,
          UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        },
        answer => {
          const confirmed = memberAt(answer.json, 'UserConfirmed');
          if (typeof confirmed !== 'boolean') return unexpectedAnswer(answer);
          return { ...delivery(answer), confirmed };
        },
      ),
    confirmSignUp: ({ username, code }) =>
      tell('ConfirmSignUp', { ClientId, Username: username, ConfirmationCode: code }),
    resendCode: ({ username }) => ask('ResendConfirmationCode', { ClientId, Username: username }, delivery),
    forgotPassword: ({ username }) => ask('ForgotPassword', { ClientId, Username: username }, delivery),
    confirmForgotPassword: ({ username, code, password }) =>
      tell('ConfirmForgotPassword', {
        ClientId,
        Username: username,
        ConfirmationCode: code,
        Password: password,
      }),
    changePassword: async ({ previous, proposed }) =>
      tell('ChangePassword', {
        AccessToken: await accessToken(),
        PreviousPassword: previous,
        ProposedPassword: proposed,
      }),
    profile: async () =>
      ask('GetUser', { AccessToken: await accessToken() }, answer => {
        const user = userFrom(attributesIn(answer.json), options);
        const { roles = [], permissions = [] } = held()?.user ?? {};
        // Groups are no attributes; only an ID token lists them.
        return user === undefined ? unexpectedAnswer(answer) : { ...user, roles, permissions };
      }),
    async globalSignOut() {
      await tell('GlobalSignOut', { AccessToken: await accessToken() });
      await end();
    },
  };
}

function delivery({ json }: WireAnswer): CognitoDelivery {
  return { sentTo: text(memberAt(json, 'CodeDeliveryDetails.Destination')) };
}

/** Attributes come as a list of names and values. */
function attributesIn(json: unknown): JsonObject {
  const list: unknown = memberAt(json, 'UserAttributes');
  const attributes: readonly unknown[] = Array.isArray(list) ? list : [];
  const entries = attributes.map(one => [String(memberAt(one, 'Name')), memberAt(one, 'Value')] as const);
  return Object.fromEntries<unknown>([...entries, ['cognito:username', memberAt(json, 'Username')]]);
}
