import { inject } from '@angular/core';
import { type AuthProvider, tabPorts } from 'ngx-latchkey/core';
import type { AuthFeature } from '../auth-feature';
import { PORTS, PROOF, type SenderProof } from '../auth-setup';
import { dpopRequests } from './dpop-requests';
import { dpopSession } from './dpop-session';
import { keyStore } from './steadfast-keys';

/**
 * Binds the tokens to a key of this browser that no script can read (DPoP, RFC 9449): a token that is carried away is worth nothing elsewhere. Needs
 * a server and APIs that know it, and a secure context.
 *
 * It does not keep a script inside the page from using the session while the page is open.
 *
 * @throws AuthError `dpop-unsupported` for a provider without a refresh token in its server's answers. Sign-ins fail with `dpop-unavailable` in an
 * insecure context, and with `token-type-changed` where the server does not bind its tokens
 *
 * @example provideAuth(oidc({ issuer, clientId: 'web', api: ['https://api.example.com'] }), withDpop())
 */
export function withDpop(): AuthFeature<'dpop'> {
  const proof = () => {
    // The key lives where the session does.
    const keeping = inject(PORTS) === tabPorts ? 'tab' : 'persistent';
    return (provider: AuthProvider): SenderProof => {
      const session = dpopSession(provider, keyStore(`${provider.id} ${provider.audience}`, keeping));
      return { ...session, send: dpopRequests(provider, session) };
    };
  };
  return { ɵkind: 'dpop', ɵproviders: [{ provide: PROOF, useFactory: proof }] };
}
