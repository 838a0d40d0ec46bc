/** Amazon Cognito user pools, with the app's own login form. */
export { cognito } from './cognito';
export type { CognitoActions, CognitoDelivery, CognitoSignUp } from './cognito-actions';
export type { CognitoChallenge, CognitoChallengeAnswer } from './cognito-challenge';
export type { CognitoCredentials, CognitoOptions } from './cognito-options';
export { srp, type SrpLibrary, type SrpSignIn } from './cognito-srp';
