import { keycloakHome } from './fetch-keycloak';
import { keycloakWorld } from './keycloak-world';
import { describeReuse, describeRevoke, describeSession } from './session-behaviour';
import { describeSignIn } from './sign-in-behaviour';
import { describeSignOut } from './sign-out-behaviour';
import { type RunningKeycloak, startKeycloak } from './start-keycloak';

jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
const home = keycloakHome();

describe('keycloak(): with a Keycloak', () => {
  if (home === null) {
    xit('is not there');
    return;
  }
  let running: RunningKeycloak | undefined;

  beforeAll(async () => {
    running = await startKeycloak(home);
  }, 330_000);

  afterAll(() => running?.close());

  const keycloak = (): RunningKeycloak => {
    if (running === undefined) throw new Error('Keycloak does not run.');
    return running;
  };

  describe('that takes refresh tokens again: a sign-in', () => {
    describeSignIn(keycloakWorld(keycloak, 'demo'));
  });
  describe('that takes refresh tokens again: the session', () => {
    const world = keycloakWorld(keycloak, 'demo');
    describeSession(world);
    describeReuse(world);
  });
  describe('that takes refresh tokens again: a logout', () => {
    describeSignOut(keycloakWorld(keycloak, 'demo'));
  });
  describe('that revokes refresh tokens: a sign-in', () => {
    describeSignIn(keycloakWorld(keycloak, 'strict'));
  });
  describe('that revokes refresh tokens: the session', () => {
    const world = keycloakWorld(keycloak, 'strict');
    describeSession(world);
    describeRevoke(world);
  });
  describe('that revokes refresh tokens: a logout', () => {
    describeSignOut(keycloakWorld(keycloak, 'strict'));
  });
});
