import { randomUUID } from 'node:crypto';
import { type Body, type DoubleOperation, failure } from './double-wire';
import type { DoubleTokens } from './double-tokens';
import { CODE, type DoubleUser } from './double-users';
import { type SrpVerifier, srpVerifier } from './srp-verifier';

const MOST_FAILURES = 5;

/** A step of a sign-in that waits for its answer. */
interface Waiting {
  readonly user: DoubleUser;
  readonly challenge: string;
}

/** Both operations of a sign-in: its beginning, and the answers to what Cognito wants to know. */
export function doubleSignIn(
  userPoolId: string,
  users: ReadonlyMap<string, DoubleUser>,
  tokens: DoubleTokens,
): { readonly initiate: DoubleOperation; readonly respond: DoubleOperation } {
  const proofs = new Map<string, { readonly user: DoubleUser; readonly verifier: SrpVerifier }>();
  const sessions = new Map<string, Waiting>();

  function challenge(user: DoubleUser, name: string, parameters: object = {}): object {
    const session = `session.${randomUUID()}`;
    sessions.set(session, { user, challenge: name });
    return {
      ChallengeName: name,
      Session: session,
      ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parameters },
    };
  }

  function ask(user: DoubleUser, factor: string): object {
    const sent = { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******9999' };
    return challenge(user, factor, factor === 'SMS_MFA' ? sent : {});
  }

  function finish(user: DoubleUser): object {
    return { ChallengeParameters: {}, AuthenticationResult: tokens.issue(user) };
  }

  /** What follows on the password. */
  function passed(user: DoubleUser, knows: boolean): object {
    if (user.failures >= MOST_FAILURES) return failure('NotAuthorized', 'Password attempts exceeded');
    if (!knows) {
      user.failures += 1;
      return failure('NotAuthorized', 'Incorrect username or password.');
    }
    user.failures = 0;
    if (user.disabled) return failure('NotAuthorized', 'User is disabled.');
    if (!user.confirmed) return failure('UserNotConfirmed', 'User is not confirmed.');
    if (user.mustReset) return failure('PasswordResetRequired', 'Password reset required for the user');
    if (user.mustChange) {
      return challenge(user, 'NEW_PASSWORD_REQUIRED', {
        requiredAttributes: '["userAttributes.name"]',
        userAttributes: JSON.stringify(user.attributes),
      });
    }
    const [factor, ...others] = user.secondFactors;
    if (factor === undefined) return finish(user);
    if (others.length === 0) return ask(user, factor);
    return challenge(user, 'SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: JSON.stringify(user.secondFactors) });
  }

  function initiate({ AuthFlow, AuthParameters = {} }: Body): object {
    const { USERNAME = '', PASSWORD, SRP_A } = AuthParameters;
    const user = users.get(USERNAME);
    if (AuthFlow === 'USER_PASSWORD_AUTH' && PASSWORD) {
      if (user === undefined) return failure('NotAuthorized', 'Incorrect username or password.');
      return passed(user, PASSWORD === user.password);
    }
    if (AuthFlow !== 'USER_SRP_AUTH' || !SRP_A) {
      return failure('InvalidParameter', `${String(AuthFlow)} flow not enabled for this client`);
    }
    if (user === undefined) return failure('UserNotFound', 'User does not exist.');
    const verifier = srpVerifier(userPoolId, user.username, user.password, SRP_A);
    proofs.set(verifier.challenge.SECRET_BLOCK, { user, verifier });
    return { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: { ...verifier.challenge } };
  }

  function respond({ ChallengeName = '', Session = '', ChallengeResponses = {} }: Body): object {
    if (ChallengeName === 'PASSWORD_VERIFIER') {
      const {
        PASSWORD_CLAIM_SECRET_BLOCK: block = '',
        PASSWORD_CLAIM_SIGNATURE: signature = '',
        TIMESTAMP: time = '',
      } = ChallengeResponses;
      const proof = proofs.get(block);
      proofs.delete(block);
      if (proof === undefined) return failure('NotAuthorized', 'Incorrect username or password.');
      return passed(proof.user, proof.verifier.proves(signature, time));
    }
    const waiting = sessions.get(Session);
    if (waiting?.challenge !== ChallengeName || waiting.user.username !== ChallengeResponses['USERNAME']) {
      return failure('NotAuthorized', 'Invalid session for the user, session is expired.');
    }
    const { user } = waiting;
    switch (ChallengeName) {
      case 'NEW_PASSWORD_REQUIRED': {
        const password = ChallengeResponses['NEW_PASSWORD'] ?? '';
        const name = ChallengeResponses['userAttributes.name'];
        if (name === undefined) return failure('InvalidParameter', 'Missing required attributes: name');
        if (password.length < 8) return failure('InvalidPassword', 'Password does not conform to policy');
        user.attributes['name'] = name;
        user.password = password;
        user.mustChange = false;
        break;
      }
      case 'SELECT_MFA_TYPE': {
        const factor = ChallengeResponses['ANSWER'] ?? '';
        if (!user.secondFactors.includes(factor)) return failure('InvalidParameter', 'Unknown second factor');
        sessions.delete(Session);
        return ask(user, factor);
      }
      default:
        if (ChallengeResponses[`${ChallengeName}_CODE`] !== CODE) {
          return failure('CodeMismatch', 'Invalid code received for user');
        }
    }
    sessions.delete(Session);
    return finish(user);
  }

  return { initiate, respond };
}
