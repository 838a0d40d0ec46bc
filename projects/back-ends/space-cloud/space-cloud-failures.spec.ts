import { readFileSync } from 'node:fs';
import type { AuthHttp, Held } from 'ngx-latchkey/core';
import { type SpaceCloudActions, spaceCloud } from 'ngx-latchkey/space-cloud';
import { contextOf } from '../harness/action-context';
import { readsFailuresAsWritten } from '../harness/failures-as-written';
import { SAMPLE_JWT, type WireFixture } from '../harness/wire-fixture';

const WIRE = JSON.parse(
  readFileSync(new URL('wire.json', import.meta.url), 'utf8'),
) as readonly WireFixture[];
const GATEWAY = 'https://gateway.test';
const ADA = { email: 'ada@example.test', password: 'secret' };
const HELD: Held = { token: SAMPLE_JWT, user: { id: 'u-ada', roles: [], permissions: [], profile: {} } };

const providerOf = (project = 'shop') => spaceCloud({ url: GATEWAY, project, database: 'mongo' });
const login =
  (password: string, email = ADA.email, project?: string) =>
  (http: AuthHttp) =>
    providerOf(project).signIn.start({ email, password }, http);
const act = (call: (actions: SpaceCloudActions) => Promise<unknown>) => async (http: AuthHttp) => {
  const actions = providerOf().actions?.(contextOf({ http, held: () => HELD }));
  return actions && call(actions);
};

describe('space-cloud: failures by the file', () => {
  readsFailuresAsWritten(
    GATEWAY,
    WIRE,
    [
      ['sign-in with a wrong password', 'refused invalid-credentials', login('wrong')],
      ['sign-in of nobody', 'refused invalid-credentials', login('secret', 'nobody@example.test')],
      ['sign-in to an unknown project', 'misconfigured unknown-project', login('secret', ADA.email, 'other')],
      [
        'sign-up with an e-mail address that is taken',
        'refused already-exists',
        act(actions => actions.signUp(ADA)),
      ],
    ],
    [
      // An application asks for these by HttpClient; what they mean is the judge's.
      'document for users without a token',
      'document that the rules deny',
      'GraphQL without a token',
      // The adapter asks for no profile without a token, and for none without a scheme.
      'profile without a token',
      'profile with a token and no scheme',
    ],
  );
});
