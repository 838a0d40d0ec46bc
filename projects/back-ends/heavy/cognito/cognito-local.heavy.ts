import { describeCognito } from '../../cognito/cognito-behaviour';
import { installCognitoLocal, startCognitoLocal } from './cognito-local-server';

installCognitoLocal();
jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;

// It knows neither SRP nor the operation that renews with rotation.
describeCognito('cognito-local', startCognitoLocal, { renewal: 'REFRESH_TOKEN_AUTH' });
describeCognito('cognito-local with the ID token', startCognitoLocal, {
  renewal: 'REFRESH_TOKEN_AUTH',
  token: 'id',
});
