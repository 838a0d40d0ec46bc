import type { SessionEvent } from 'ngx-latchkey/core';
import type { Members, Reply, Script } from './hostile-issuer';
import { hostileWorld } from './hostile-world';
import type { OpenPage } from './node-browser';

const OPTIONS = { userInfo: true };
const PAGE = '<html>canary-page</html>';

/** UserInfo that changes nothing. */
const USELESS: readonly (readonly [name: string, reply: Reply])[] = [
  ['fails', { status: 503 }],
  ['refuses the token', { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }],
  ['is a web page', { body: PAGE }],
  ['is about nobody', { body: { name: 'Nobody' } }],
  ['does not answer', { silent: true }],
];

describe('oidc(): the user of the UserInfo endpoint', () => {
  const world = hostileWorld();

  const user = ({ engine }: OpenPage) => engine.state().record?.held.user;
  const asked = (): number => world.issuer.requests.filter(request => request === '/userinfo').length;

  it('is asked for again after a renewal, which does not wait for it', async () => {
    const page = await world.signIn(OPTIONS);
    world.issuer.script = claims({ roles: ['writer'] }, { name: 'Ada King', roles: ['admin'] });
    await page.engine.refresh();
    expect(page.engine.usable()?.generation).toBe(2);
    await until(() => user(page)?.name === 'Ada King');
    expect(user(page)).toEqual(jasmine.objectContaining({ roles: ['admin'], email: 'ada@example.test' }));
    expect(asked()).toBe(2);
    const reloaded = world.open(OPTIONS);
    await reloaded.engine.settled();
    expect(user(reloaded)?.name).toBe('Ada King');
    expect(asked()).toBe(2);
  });

  for (const [name, reply] of USELESS) {
    it(`stays when UserInfo ${name}, and takes the claims of the new ID token`, async () => {
      const page = await world.signIn(OPTIONS);
      world.issuer.script = { ...claims({ roles: ['writer'] }), userInfo: () => reply };
      await page.engine.refresh();
      await until(() => asked() === 2);
      expect(user(page)).toEqual(jasmine.objectContaining({ roles: ['writer'], email: 'ada@example.test' }));
      expect(page.engine.usable()?.generation).toBe(2);
      expect(ended(page)).toEqual([]);
      world.expectDiscretion();
    });
  }

  it('stays when the answer has no ID token', async () => {
    const page = await world.signIn(OPTIONS);
    world.issuer.script = {
      tokens: answer => ({ body: { ...answer, id_token: undefined } }),
      userInfo: () => ({ status: 503 }),
    };
    const before = user(page);
    await page.engine.refresh();
    expect(user(page)).toEqual(before);
  });

  it('is somebody else: the session ends', async () => {
    const page = await world.signIn(OPTIONS);
    world.issuer.script = claims({}, { sub: 'eve' });
    await page.engine.refresh();
    await until(() => page.engine.state().record === null);
    expect(ended(page)).toEqual(['subject-changed']);
    expect(page.engine.usable()).toBeNull();
  });

  it('is not asked for by others, and not where the access token is not kept', async () => {
    for (const options of [{}, { userInfo: true, token: 'id' }] as const) {
      const page = await world.signIn(options);
      const before = asked();
      await page.engine.refresh();
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(asked()).toBe(before);
    }
  });
});

function claims(ofIdToken: Members, ofUserInfo: Members = {}): Script {
  return {
    idToken: before => ({ ...before, ...ofIdToken }),
    userInfo: before => ({ body: { ...before, ...ofUserInfo } }),
  };
}

function ended({ events }: OpenPage): readonly string[] {
  return events.flatMap((event: SessionEvent) => (event.type === 'ended' ? [event.reason] : []));
}

/** Waits for what comes by itself, two seconds at most. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 2_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not happen.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
