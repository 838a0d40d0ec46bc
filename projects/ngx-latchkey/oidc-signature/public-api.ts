/**
 * Verifies the signatures of ID tokens; an application without it does not load it.
 *
 * @example oidc({ …, verifySignature: () => import('ngx-latchkey/oidc-signature') })
 */
export { validateApplicationLevelSignature as verifySignature } from 'oauth4webapi';
