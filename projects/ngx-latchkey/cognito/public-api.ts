/** Amazon Cognito user pools, with the app's own login form. */
export { cognito } from './cognito';
export type { CognitoActions, CognitoDelivery, CognitoSignUp } from './cognito-actions';
export type { CognitoChallenge, CognitoChallengeAnswer, CognitoChallengeName } from './cognito-challenge';
export type { CognitoCredentials, CognitoOptions } from './cognito-options';
export type { CognitoPool } from './cognito-pool';
export { srp, type SrpLibrary, type SrpSession, type SrpSignIn, type SrpVerifier } from './cognito-srp';
