/** Firebase Authentication, by its REST API or by the Firebase SDK of the application. */
export { firebase } from './firebase';
export type { FirebaseActions, FirebaseChanges } from './firebase-actions';
export type { FirebaseClaimPaths } from './firebase-answers';
export type { FirebaseOptions } from './firebase-options';
export type { FirebaseSignIn } from './firebase-sign-in';
export type { FirebaseSdkAuth, FirebaseSdkUser } from './firebase-sdk';
export { fromFirebaseAuth, type FromFirebaseAuthOptions } from './from-firebase-auth';
