import { memoryStore, actionContext } from 'ngx-latchkey/core';
import { type AverosActions, averos } from 'ngx-latchkey/averos';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { replayFixtures } from '../harness/replay-fixtures';
import { type AverosMock, startAverosMock } from './averos-mock-double';
import { mockFixtures } from './fixtures';

const ADA = { userName: 'ada', email: 'ada@example.test', password: 'latchkey-ada', firstName: 'Ada' };

describe('averos(): the published mock server', () => {
  let mock: AverosMock;
  let tabs: NodeTab[];

  beforeEach(async () => {
    mock = await startAverosMock();
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await mock.close();
  });

  const open = (store = memoryStore()): NodeTab => {
    const tab = nodeTab(averos({ url: mock.address }), store);
    tabs.push(tab);
    return tab;
  };
  const actionsIn = ({ engine }: NodeTab): AverosActions => {
    const actions = averos({ url: mock.address }).actions?.(actionContext(engine));
    if (actions === undefined) throw new Error('Averos has actions.');
    return actions;
  };
  const failure = (code: string, status: number): jasmine.ObjectContaining<unknown> =>
    jasmine.objectContaining({ code, status });

  it('is answered for as it is written', async () => {
    expect(await replayFixtures(mock.address, mockFixtures)).toEqual([]);
  });

  it('never answers to the verification of an account', async () => {
    const never = fetch(`${mock.address}/auth/vaccount`, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(100),
    });
    await expectAsync(never).toBeRejected();
  });

  it('registers and signs in; neither password nor token gets into the user', async () => {
    const tab = open();
    const registered = await actionsIn(tab).register(ADA);
    await tab.engine.signIn(ADA);
    const { held } = tab.engine.usable() ?? {};
    expect(held?.user?.id).toBe(registered.id);
    const profile = await actionsIn(tab).profile();
    for (const user of [registered, held?.user, profile]) {
      expect(user?.profile['userName']).toBe('ada');
      expect(JSON.stringify(user)).not.toContain('latchkey-ada');
      expect(JSON.stringify(user)).not.toContain(held?.token ?? '');
    }
  });

  it('takes a plain text with 401 for a refused sign-in', async () => {
    const tab = open();
    await expectAsync(tab.engine.signIn(ADA)).toBeRejectedWith(failure('invalid-credentials', 401));
    await actionsIn(tab).register(ADA);
    const wrong = tab.engine.signIn({ ...ADA, password: 'wrong' });
    await expectAsync(wrong).toBeRejectedWith(failure('invalid-credentials', 401));
  });

  it('stays signed in although a renewal is a stub, and after a reload', async () => {
    const store = memoryStore();
    const tab = open(store);
    await actionsIn(tab).register(ADA);
    await tab.engine.signIn(ADA);
    await expectAsync(tab.engine.refresh()).toBeRejectedWith(failure('not-implemented', 461));
    expect(tab.engine.usable()).not.toBeNull();
    tab.close();
    const { engine } = open(store);
    await engine.settled();
    expect(engine.usable()?.held.user?.name).toBe('Ada');
  });

  it('says what it has not', async () => {
    const tab = open();
    const { register, requestPasswordReset, resetPassword, roles } = actionsIn(tab);
    await register(ADA);
    await tab.engine.signIn(ADA);
    await expectAsync(requestPasswordReset(ADA)).toBeRejectedWith(failure('not-implemented', 461));
    await expectAsync(resetPassword({ ...ADA, token: 'x' })).toBeRejectedWith(
      failure('unexpected-answer', 404),
    );
    await expectAsync(roles()).toBeRejectedWith(failure('not-found', 404));
  });

  it('tells whether a name or an address is taken', async () => {
    const { register, isUserNameTaken, isEmailTaken } = actionsIn(open());
    await register(ADA);
    expect(await Promise.all(['ada', 'mary'].map(isUserNameTaken))).toEqual([true, false]);
    expect(await Promise.all([ADA.email, 'mary@example.test'].map(isEmailTaken))).toEqual([true, false]);
  });

  it('logs out, and takes the member "err" for no error', async () => {
    const tab = open();
    await actionsIn(tab).register(ADA);
    await tab.engine.signIn(ADA);
    await tab.engine.end('user');
    expect(tab.engine.state().phase).toBe('ended');
    expect(mock.requests.at(-1)).toBe('POST /auth/logout');
    expect(tab.events.filter(({ type }) => type === 'logout-not-confirmed')).toEqual([]);
  });

  it('is not let in with an account that the server calls locked', async () => {
    const tab = open();
    await actionsIn(tab).register(ADA);
    Object.assign(mock.users[0] ?? {}, { isAccountLocked: true });
    await expectAsync(tab.engine.signIn(ADA)).toBeRejectedWith(failure('account-locked', 200));
    expect(tab.engine.usable()).toBeNull();
  });
});
