import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jwtServer, provideAuth, provideNamedAuth, withKeeping } from 'ngx-latchkey';
import { AngularWorld } from '../testing-support/angular-world';
import { EngineWorld, type Tab } from '../testing-support/engine-world';
import { settle } from '../testing-support/fake-clock';
import { json } from '../testing-support/scripted-server';
import { injectTokenSource } from './inject-token-source';
import { sessionTokenSource } from './session-token-source';

describe('injectTokenSource', () => {
  it('gives the tokens of the session, and where they may go', async () => {
    const world = new AngularWorld();
    const tokens = TestBed.runInInjectionContext(injectTokenSource);
    expect(await tokens.token()).toBeNull();
    await world.signIn();
    expect(await tokens.token()).toBe('access-1');
    expect(tokens.covers?.('https://api.test/v1/x')).toBeTrue();
    expect(tokens.covers?.('https://api.test/v10')).toBeFalse();
    expect(tokens.covers?.('https://auth.test/auth/login')).toBeFalse();
  });

  it('gives those of another session by its name', () => {
    TestBed.configureTestingModule({
      providers: [
        provideAuth(jwtServer({ url: 'https://shop.test' }), withKeeping('tab')),
        provideNamedAuth(
          'office',
          jwtServer({ url: '/office', api: ['https://api.office.test'] }),
          withKeeping('tab'),
        ),
      ],
    });
    const [mine, theirs] = TestBed.runInInjectionContext(() => [
      injectTokenSource(),
      injectTokenSource('office'),
    ]);
    const url = 'https://api.office.test/orders';
    expect([mine.covers?.(url), theirs.covers?.(url)]).toEqual([false, true]);
  });

  it('has none on a server, and starts nothing there', async () => {
    TestBed.configureTestingModule({
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        provideAuth(jwtServer({ url: 'https://auth.test' })),
      ],
    });
    const tokens = TestBed.runInInjectionContext(injectTokenSource);
    expect(await tokens.token()).toBeNull();
    tokens.watch(() => fail('there is nothing to tell'))();
    expect(tokens.rejected).toBeUndefined();
  });
});

describe('The tokens of a session', () => {
  let world: EngineWorld;
  let tab: Tab;
  let told: (string | null)[];

  const provider = jwtServer({ url: 'https://auth.test', api: ['https://api.test'] });
  const sourceOf = ({ engine }: Tab, api = provider.api) => sessionTokenSource(engine, api, () => true);
  const eve = { user: { id: '2', name: 'Eve' } };

  beforeEach(async () => {
    world = new EngineWorld();
    tab = world.tab(provider);
    tab.engine.start();
    await settle();
    told = [];
  });

  afterEach(() => {
    tab.engine.dispose();
  });

  it('tells of each new token and of the end', async () => {
    const stop = sourceOf(tab).watch(token => told.push(token));
    await tab.signIn();
    await tab.engine.refresh();
    await tab.engine.end('user');
    expect(told).toEqual(['access-1', 'access-2', null]);
    stop();
    await tab.signIn();
    expect(told.length).toBe(3);
  });

  it('tells of the end between two users, and not when the same one signs in again', async () => {
    sourceOf(tab).watch(token => told.push(token));
    await tab.signIn();
    world.server.willReply(world.server.grant());
    await tab.signIn();
    world.server.willReply(world.server.grant(eve));
    await tab.signIn('eve');
    expect(told).toEqual(['access-1', 'access-2', null, 'access-3']);
  });

  it('does not tell of a token after the end that a listener of it has brought about', async () => {
    sourceOf(tab).watch(token => {
      told.push(token);
      if (token === 'access-1') void tab.engine.end('user');
    });
    await tab.signIn();
    await settle();
    expect(told).toEqual(['access-1', null]);
  });

  it('hands out the token that the API takes', async () => {
    const api = {
      origins: [],
      token: () => 'id-token',
      headers: () => ({ Authorization: 'Bearer id-token', workspace: 'ckx' }),
    };
    const tokens = sourceOf(tab, api);
    tokens.watch(token => told.push(token));
    await tab.signIn();
    expect(await tokens.token()).toBe('id-token');
    expect(told).toEqual(['id-token']);
    expect(tokens.headers?.('id-token')).toEqual({ Authorization: 'Bearer id-token', workspace: 'ckx' });
  });

  it('gives another token for a rejected one, renewed once however many were rejected', async () => {
    const tokens = sourceOf(tab);
    await tab.signIn();
    const token = (await tokens.token()) ?? '';
    const others = Array.from({ length: 5 }, async () => tokens.rejected?.(token, 'token-refused', false));
    expect(await Promise.all(others)).toEqual(Array(5).fill('access-2'));
    expect(await tokens.rejected?.(token, 'token-dead', false)).toBe('access-2');
    expect(world.server.to('/auth/refresh').length).toBe(1);
  });

  it('leaves a new token alone that a server does not take', async () => {
    const tokens = sourceOf(tab);
    await tab.signIn();
    const token = (await tokens.token()) ?? '';
    expect(await tokens.rejected?.(token, 'token-dead', false)).toBeNull();
    expect(await tokens.rejected?.(token, 'token-refused', true)).toBeNull();
    expect(await tokens.rejected?.(token, 'token-refused', false)).toBeNull();
    expect(world.server.to('/auth/refresh').length).toBe(0);
  });

  it('gives nothing for a token that it did not hand out, nor for one of another user', async () => {
    const tokens = sourceOf(tab);
    await tab.signIn();
    const token = (await tokens.token()) ?? '';
    expect(await tokens.rejected?.('unknown', 'token-refused', false)).toBeNull();
    world.server.willReply(world.server.grant(eve));
    await tab.signIn('eve');
    expect(await tokens.rejected?.(token, 'token-refused', false)).toBeNull();
    expect(world.server.to('/auth/refresh').length).toBe(0);
  });

  it('ends the session where the API says that it is over', async () => {
    const tokens = sourceOf(tab);
    await tab.signIn();
    world.server.willReply(json(200, {}));
    const token = (await tokens.token()) ?? '';
    expect(await tokens.rejected?.(token, 'session-over', false)).toBeNull();
    expect(await tokens.token()).toBeNull();
  });
});
