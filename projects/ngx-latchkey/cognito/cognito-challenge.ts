import {
  type AuthHttp,
  type Challenge,
  type Grant,
  type JsonObject,
  type Refusal,
  type WireAnswer,
  authError,
  isJsonObject,
  memberAt,
  refuse,
} from 'ngx-latchkey/core';
import { failureOf, failureOfLogin } from './cognito-failure';
import type { CognitoPool } from './cognito-pool';
import { readGrant, text } from './cognito-tokens';

/** The challenges that an application can answer, see {@link CognitoChallenge}. */
export type CognitoChallengeName =
  'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'SMS_MFA' | 'EMAIL_OTP' | 'SELECT_MFA_TYPE';

/** What the application answers each challenge with, and what Cognito calls that. */
const ANSWERS: Readonly<Record<CognitoChallengeName, readonly [member: string, name: string]>> = {
  NEW_PASSWORD_REQUIRED: ['newPassword', 'NEW_PASSWORD'],
  SOFTWARE_TOKEN_MFA: ['code', 'SOFTWARE_TOKEN_MFA_CODE'],
  SMS_MFA: ['code', 'SMS_MFA_CODE'],
  EMAIL_OTP: ['code', 'EMAIL_OTP_CODE'],
  SELECT_MFA_TYPE: ['choice', 'ANSWER'],
};

/**
 * What Cognito may want before it signs the user in. Its `parameters` are as Cognito sends them, lists in them JSON in a text.
 *
 * - `NEW_PASSWORD_REQUIRED`: an administrator chose the password; the attributes of `requiredAttributes` are wanted too
 * - `SOFTWARE_TOKEN_MFA`: the code of an authenticator app
 * - `SMS_MFA`, `EMAIL_OTP`: the code that was sent to `CODE_DELIVERY_DESTINATION`
 * - `SELECT_MFA_TYPE`: one of `MFAS_CAN_CHOOSE`
 */
export interface CognitoChallenge extends Challenge {
  readonly challenge: CognitoChallengeName;
}

/** The answer to a {@link CognitoChallenge}: a code, a new password, or the choice of a second factor. */
export type CognitoChallengeAnswer =
  | { readonly code: string }
  | { readonly newPassword: string; readonly attributes?: Readonly<Record<string, string>> }
  | { readonly choice: string };

/** Who is asked, and in which sign-in. */
interface Asked {
  readonly username: string;
  readonly session: string | null;
}

/** What a step of a sign-in came to: the session, or one more thing to ask. */
export function readStep(
  answer: WireAnswer,
  username: string,
  { options }: CognitoPool,
  failure = failureOfLogin,
): Grant | CognitoChallenge | Refusal {
  const challenge = memberAt(answer.json, 'ChallengeName');
  if (answer.status >= 300 || typeof challenge !== 'string') {
    return readGrant(answer, options) ?? failure(answer);
  }
  if (!isKnown(challenge)) return refuse('misconfigured', 'challenge-unsupported', answer, challenge);
  const found = memberAt(answer.json, 'ChallengeParameters');
  const parameters = isJsonObject(found) ? found : {};
  const transaction: Asked = {
    username: text(parameters['USER_ID_FOR_SRP']) ?? username,
    session: text(memberAt(answer.json, 'Session')) ?? null,
  };
  return { challenge, parameters, transaction: { ...transaction } };
}

/** Answers a challenge. @throws AuthError `invalid-input`, `wrong-code`, `challenge-expired`, … */
export async function answerChallenge(
  { challenge, transaction }: Challenge,
  input: JsonObject,
  http: AuthHttp,
  pool: CognitoPool,
): Promise<Grant | Challenge> {
  if (!isKnown(challenge)) throw authError('misconfigured', 'challenge-unsupported', challenge);
  const [member, name] = ANSWERS[challenge];
  const given = text(input[member]);
  if (given === undefined) throw authError('needs-user', 'invalid-input', `{ ${member} }`);
  // It is what `readStep` has made.
  const asked = transaction as unknown as Asked;
  return respond(challenge, asked, { [name]: given, ...attributesIn(input) }, http, pool);
}

/** Sends the answer to a challenge, be it one that the user has answered or one that the page can answer itself. */
export function respond(
  challenge: string,
  { username, session }: Asked,
  answers: Readonly<Record<string, string>>,
  http: AuthHttp,
  pool: CognitoPool,
): Promise<Grant | Challenge> {
  const json = {
    ClientId: pool.options.clientId,
    ChallengeName: challenge,
    ...(session !== null && { Session: session }),
    ChallengeResponses: { USERNAME: username, ...answers },
  };
  // A new password may be too weak; an old one is only wrong.
  const failure = challenge === 'NEW_PASSWORD_REQUIRED' ? failureOf : failureOfLogin;
  return pool.ask(http, 'RespondToAuthChallenge', json, answer => readStep(answer, username, pool, failure));
}

function isKnown(challenge: string): challenge is CognitoChallengeName {
  return Object.hasOwn(ANSWERS, challenge);
}

/** Attributes that an account lacks go with its new password, each under a name of its own. */
function attributesIn({ attributes = {} }: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes as Record<string, string>).map(([name, value]) => [
      `userAttributes.${name}`,
      value,
    ]),
  );
}
