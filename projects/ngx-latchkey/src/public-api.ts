export { injectAuthActions } from './auth-actions';
export type { AuthFeature, AuthFeatureKind, AuthFeatures } from './auth-feature';
export { AuthService, type AuthStatus } from './auth-service';
export { setupOf as ɵsetupOf } from './named-auth';
export { guardOf, injectAuth, provideNamedAuth } from './named-auth';
export { oneOf, type OneOfInput, type OneOfOptions } from './one-of/one-of';
export { provideAuth, type ProviderSource } from './provide-auth';
export { withApi } from './with-api';
export { withKeeping } from './with-keeping';
export { withWorkerVault, type WorkerVaultOptions } from './with-worker-vault';

export { withDpop } from './dpop/with-dpop';

export { AUTH, REPLAY, type AuthMode, type ReplayMode } from './http/auth-context';
export { authInterceptor } from './http/auth-interceptor';

export { jwtServer, type Credentials } from './jwt-server/jwt-server';
export type { JwtServerActions, Registration } from './jwt-server/jwt-server-actions';
export type { JwtServerFields, JwtServerOptions, JwtServerPaths } from './jwt-server/jwt-server-options';

export { authGuard } from './routing/auth-guard';
export { withRoutes, type AuthRoutes } from './routing/auth-routes';
export type { AuthGuardFn } from './routing/guard';
export { guestGuard } from './routing/guest-guard';
export { injectReturnUrl } from './routing/inject-return-url';
export { permissionGuard } from './routing/permission-guard';
export { safeReturnUrl } from './routing/return-url';
export { roleGuard } from './routing/role-guard';
export { userGuard, type UserGuardOptions } from './routing/user-guard';

export { stepUpGuard, type StepUpGuardOptions } from './routing/step-up-guard';
export { injectStepUp } from './step-up/inject-step-up';
export type { StepUpRequirement } from './step-up/requirement';
export type { StepUpChallenge } from './step-up/step-up-challenge';
export { withStepUp, type StepUpOptions } from './step-up/with-step-up';

export type { LoggedEvent, SupportDump, SupportLog } from './support-log/support-log';
export { injectSupportLog, withSupportLog } from './support-log/with-support-log';

export { Authenticated, type AuthenticatedContext } from './template/authenticated';
export { HasRole } from './template/has-role';

export {
  AuthError,
  cookieProbe,
  readJwt,
  type AuthProvider,
  type AuthUser,
  type Challenge,
  type EndReason,
  type FailureClass,
  type JwtClaims,
  type Keeping,
  type Phase,
  type Redirect,
  type Rotation,
  type SessionEvent,
  type SessionProbe,
  type SignInOutcome,
  type UrlRule,
} from 'ngx-latchkey/core';
