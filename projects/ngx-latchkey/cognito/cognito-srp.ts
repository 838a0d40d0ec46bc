import {
  type AuthHttp,
  type Challenge,
  type Grant,
  type Refusal,
  type WireAnswer,
  AuthError,
  authError,
  isJsonObject,
  memberAt,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { respond } from './cognito-challenge';
import { failureOfLogin } from './cognito-failure';
import type { CognitoCredentials } from './cognito-options';
import type { CognitoPool } from './cognito-pool';
import { text } from './cognito-tokens';

/** The page's side of a proof that the user knows the password: `cognito-srp-helper`, or anything of the same form. */
export interface SrpLibrary {
  /** @param isHashed whether the password is a hash already; Latchkey passes `false` */
  createSrpSession(username: string, password: string, userPoolId: string, isHashed: boolean): SrpSession;
  /** @throws when the server's numbers are missing or not sound */
  signSrpSession(
    session: SrpSession,
    answer: Pick<SrpVerifier, 'ChallengeParameters'>,
  ): SrpSession & { readonly passwordSignature: string };
}

/** The page's side of one proof. */
export interface SrpSession {
  /** The public number that the server is shown first. */
  readonly largeA: string;
  /** The time of the proof, in Cognito's own form. */
  readonly timestamp: string;
}

/** The server's side of the proof. */
export interface SrpVerifier {
  /** As Cognito sends them: `SRP_B`, `SALT`, `SECRET_BLOCK` and the name that the proof is about. */
  readonly ChallengeParameters: Record<string, string>;
  /** Names the sign-in in Cognito's next requests, where it says so. */
  readonly session: string | null;
}

/** A sign-in in which the password never leaves the page; see {@link srp}. */
export type SrpSignIn = (
  credentials: CognitoCredentials,
  http: AuthHttp,
  pool: CognitoPool,
) => Promise<Grant | Challenge>;

/**
 * Signs in by SRP (`USER_SRP_AUTH`), in which the password never leaves the page. The library is loaded when somebody signs in.
 *
 * @param load such as `() => import('cognito-srp-helper')`
 * @returns for {@link CognitoOptions.srp}; a sign-in rejects with `srp-failed` when the library cannot be loaded, or does not accept what the
 * server sends
 *
 * @example cognito({ region, userPoolId, clientId, srp: srp(() => import('cognito-srp-helper')) })
 */
export function srp(load: () => Promise<SrpLibrary>): SrpSignIn {
  return (credentials, http, pool) => signInBySrp(credentials, load, http, pool);
}

/**
 * Signs in without sending the password: shows a number, gets one back, and proves with both that the password is known.
 *
 * @throws AuthError `srp-failed` when the library cannot be loaded or does not accept the server's numbers
 */
async function signInBySrp(
  { username, password }: CognitoCredentials,
  load: () => Promise<SrpLibrary>,
  http: AuthHttp,
  pool: CognitoPool,
): Promise<Grant | Challenge> {
  try {
    const { clientId, userPoolId } = pool.options;
    const library = await load();
    const own = library.createSrpSession(username, password, userPoolId, false);
    const start = {
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, SRP_A: own.largeA },
    };
    const verifier = await pool.ask(http, 'InitiateAuth', start, readVerifier);
    const { USER_ID_FOR_SRP = username, SECRET_BLOCK = '' } = verifier.ChallengeParameters;
    const proof = {
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: library.signSrpSession(own, verifier).passwordSignature,
      TIMESTAMP: own.timestamp,
    };
    const asked = { username: USER_ID_FOR_SRP, session: verifier.session };
    return await respond('PASSWORD_VERIFIER', asked, proof, http, pool);
  } catch (error) {
    throw error instanceof AuthError ? error : authError('not-now', 'srp-failed');
  }
}

function readVerifier(answer: WireAnswer): SrpVerifier | Refusal {
  if (answer.status >= 300) return failureOfLogin(answer);
  const parameters = memberAt(answer.json, 'ChallengeParameters');
  if (!isJsonObject(parameters)) return unexpectedAnswer(answer);
  // Cognito sends texts only.
  const ChallengeParameters = parameters as Record<string, string>;
  return { ChallengeParameters, session: text(memberAt(answer.json, 'Session')) ?? null };
}
