import { describeCognito } from '../../cognito/cognito-behaviour';
import { cognitoLocal, startCognitoLocal } from './cognito-local-server';

jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;
const script = cognitoLocal();

if (script === null) {
  describe('cognito-local', () => {
    xit('is not there');
  });
} else {
  const start = () => startCognitoLocal(script);
  // It knows neither SRP nor the operation that renews with rotation.
  describeCognito('cognito-local', start, { renewal: 'REFRESH_TOKEN_AUTH' });
  describeCognito('cognito-local with the ID token', start, {
    renewal: 'REFRESH_TOKEN_AUTH',
    token: 'id',
  });
}
