import { memoryStore, readJwt } from 'ngx-latchkey/core';
import type { CognitoOptions } from 'ngx-latchkey/cognito';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { until } from '../harness/until';
import { type Cognito, actionsOf, expectCode, providerOf } from './cognito-behaviour';
import { type CognitoDouble, startCognitoDouble } from './cognito-double';

describe('cognito(): a session', () => {
  let double: CognitoDouble;
  let provider: Cognito;
  let tab: NodeTab;

  async function open(
    rules: Parameters<typeof startCognitoDouble>[0] = {},
    options: Partial<CognitoOptions> = {},
  ): Promise<void> {
    double = await startCognitoDouble(rules);
    provider = providerOf(double, options);
    tab = nodeTab(provider);
    await tab.engine.signIn({ username: 'ada', password: double.password });
  }

  afterEach(async () => {
    tab.close();
    await double.close();
  });

  const renewals = () => double.asked.filter(name => name === 'GetTokensFromRefreshToken').length;
  const held = () => tab.engine.usable()?.held ?? { token: '' };

  it('is renewed once for a burst of calls after the token has run out', async () => {
    await open({ tokenLife: 1 });
    await until(() => tab.engine.usable() === null);
    expect(renewals()).toBe(0);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tab.engine.token()));
    expect(new Set(tokens.map(one => one?.held.token)).size).toBe(1);
    expect(renewals()).toBe(1);
  });

  it('is renewed once when it comes back after a long time', async () => {
    await open();
    const store = memoryStore();
    const first = nodeTab(provider, store);
    await first.engine.signIn({ username: 'ada', password: double.password });
    first.close();
    // As if it had been away for longer than the token lives.
    await store.change(record =>
      record && !record.ended ? { ...record, receivedAt: record.receivedAt - 3_600_000 } : undefined,
    );
    const second = nodeTab(provider, store);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => second.engine.token()));
    expect(new Set(tokens.map(one => one?.held.token)).size).toBe(1);
    expect(renewals()).toBe(1);
    second.close();
  });

  it('takes the new refresh token of a pool with rotation', async () => {
    await open({ rotation: true, gracePeriod: 60_000 });
    const { secret } = held();
    await tab.engine.refresh();
    expect(held().secret).not.toBe(secret);
    await tab.engine.refresh();
    expect(tab.engine.state().phase).toBe('fresh');
  });

  it('survives an answer that got lost, in the grace period', async () => {
    await open({ rotation: true, gracePeriod: 60_000 });
    const { session } = provider;
    if (session.kind !== 'renewable') throw new Error('It is renewable.');
    await tab.engine.http.send(session.renew, held());
    await tab.engine.refresh();
    expect(tab.engine.state().phase).toBe('fresh');
  });

  it('ends when a refresh token comes twice without a grace period', async () => {
    await open({ rotation: true, gracePeriod: -1 }, { rotation: 'strict' });
    await expectCode(tab.engine.refresh(), 'session-ended');
  });

  it('ends when the user is signed out everywhere', async () => {
    await open();
    await actionsOf(provider, tab).globalSignOut();
    expect(tab.engine.state().endReason).toBe('user');
    await expectCode(actionsOf(provider, tab).profile(), 'unauthenticated');
  });

  it('ends when an administrator revokes it', async () => {
    await open();
    double.revokeAll('ada');
    await expectCode(tab.engine.refresh(), 'session-ended');
    expect(tab.engine.state().endReason).toBe('refused');
  });

  it('gives APIs the access token, or the ID token by option', async () => {
    await open();
    expect(readJwt(held().token)?.['token_use']).toBe('access');
    tab.close();
    await double.close();
    await open({}, { token: 'id' });
    expect(readJwt(held().token)?.['token_use']).toBe('id');
    expect((await actionsOf(provider, tab).profile()).email).toBe('ada@example.test');
    await tab.engine.refresh();
    expect(readJwt(held().token)?.['token_use']).toBe('id');
    expect((await actionsOf(provider, tab).profile()).email).toBe('ada@example.test');
  });

  it('has the user of the ID token, with roles and permissions where the options say', async () => {
    await open();
    const { user } = held();
    expect(user).toEqual(
      jasmine.objectContaining({ name: 'Ada Lovelace', roles: ['admins', 'editors'], permissions: [] }),
    );
    expect(user?.profile['cognito:username']).toBe('ada');
    tab.close();
    const ada = double.users.get('ada');
    Object.assign(ada?.attributes ?? {}, { 'custom:rights': 'read, write', 'custom:role': 'owner' });
    provider = providerOf(double, { roles: 'custom:role', permissions: 'custom:rights' });
    tab = nodeTab(provider);
    await tab.engine.signIn({ username: 'ada', password: double.password });
    expect(held().user).toEqual(
      jasmine.objectContaining({ roles: ['owner'], permissions: ['read', 'write'] }),
    );
  });
});
