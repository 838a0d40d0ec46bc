import { srp } from 'ngx-latchkey/cognito';
import { describeCognito } from './cognito-behaviour';
import { startCognitoDouble } from './cognito-double';

describeCognito('a pool without rotation', () => startCognitoDouble());
describeCognito(
  'a pool with rotation, by SRP',
  () => startCognitoDouble({ rotation: true, gracePeriod: 60_000 }),
  {
    srp: srp(() => import('cognito-srp-helper')),
  },
);
describeCognito(
  'a pool without rotation, renewed as before and with the ID token',
  () => startCognitoDouble(),
  {
    renewal: 'REFRESH_TOKEN_AUTH',
    token: 'id',
  },
);
