import { type AuthProvider, type ProviderSource, jwtServer } from 'ngx-latchkey';
import type { DemoSettings } from '../demo-settings';
import type { BackEndName, FieldValues } from './back-end';
import { devServerApi } from './back-end-list';

/** Each adapter is a chunk of its own: nobody downloads those of the other back ends. */
const LOADERS: Readonly<
  Record<Exclude<BackEndName, 'jwt-server'>, (values: FieldValues) => Promise<AuthProvider>>
> = {
  async averos({ url = '' }) {
    const { averos } = await import('ngx-latchkey/averos');
    return averos({ url });
  },
  async feathers({ url = '' }) {
    const { feathers } = await import('ngx-latchkey/feathers');
    return feathers({ url });
  },
  async 'space-cloud'({ url = '' }) {
    const { spaceCloud } = await import('ngx-latchkey/space-cloud');
    return spaceCloud({ url, project: 'shop', database: 'mongo' });
  },
  async 'eight-base'({ url = '' }) {
    const { eightBase } = await import('ngx-latchkey/eight-base');
    return eightBase({ url, workspaceId: 'ckworkspace0001', authProfileId: 'ckprofile0001' });
  },
  async firebase({ url = '' }) {
    const { firebase } = await import('ngx-latchkey/firebase');
    return firebase({ emulator: url, apiKey: 'demo', projectId: 'demo-test' });
  },
  async 'firebase-sdk'() {
    const [{ fromFirebaseAuth }, { firebaseStandIn }] = await Promise.all([
      import('ngx-latchkey/firebase'),
      import('./firebase-stand-in'),
    ]);
    return fromFirebaseAuth(firebaseStandIn());
  },
  async cognito({ url = '' }) {
    const { cognito, srp } = await import('ngx-latchkey/cognito');
    return cognito({
      endpoint: url,
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_Double123',
      clientId: '1doubleclient2345',
      srp: srp(() => import('cognito-srp-helper')),
    });
  },
  async clerk() {
    const [{ clerk }, { clerkStandIn }] = await Promise.all([
      import('ngx-latchkey/clerk'),
      import('./clerk-stand-in'),
    ]);
    return clerk(clerkStandIn());
  },
  async oidc({ issuer = '', client_id: clientId = '', scopes: scope = '' }) {
    const { oidc } = await import('ngx-latchkey/oidc');
    const api = devServerApi(issuer);
    if (api === null) return oidc({ issuer, clientId, scope });
    return oidc({ issuer, clientId, scope: `${scope} roles`, api: [api], resource: api });
  },
};

/** The back end that was chosen: at once if the application has it anyway, else as soon as it is loaded. */
export function chosenProvider({
  backEnd,
  values,
  server,
  transport,
  rotation,
}: DemoSettings): ProviderSource {
  const { name } = backEnd;
  if (name !== 'jwt-server') return () => LOADERS[name](values);
  return jwtServer(
    transport === 'cookie'
      ? { url: `${server}/cookie`, refreshToken: 'cookie', rotation }
      : { url: server, rotation },
  );
}
