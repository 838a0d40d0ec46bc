import { HttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import {
  AuthError,
  type AuthFeatures,
  type SupportLog,
  injectAuth,
  injectSupportLog,
  jwtServer,
  provideAuth,
  provideNamedAuth,
  withKeeping,
  withSupportLog,
} from 'ngx-latchkey';
import { firstValueFrom } from 'rxjs';
import { AngularWorld } from '../../testing-support/angular-world';
import { EngineWorld } from '../../testing-support/engine-world';
import { serveByFetch } from '../../testing-support/fetch-double';
import { ScriptedServer, json } from '../../testing-support/scripted-server';
import { supportLog } from './support-log';

const API = 'https://api.test/v1/things';
const CANARY = 'canary';

function canaries(number: number): Record<string, unknown> {
  const user = { id: `${CANARY}-id`, name: `${CANARY}-name`, email: `${CANARY}@mail.test` };
  return { accessToken: `${CANARY}-access-${number}`, refreshToken: `${CANARY}-refresh-${number}`, user };
}

describe('withSupportLog', () => {
  let world: AngularWorld;
  let log: SupportLog;

  beforeEach(() => {
    world = new AngularWorld({ features: [withSupportLog()] });
    log = TestBed.runInInjectionContext(() => injectSupportLog());
  });

  it('knows what happened from the start on', async () => {
    await world.auth.settled();
    expect(log.dump().events.map(({ type }) => type)).toEqual(['phase', 'phase']);
    expect(log.dump().phase).toBe('anonymous');
  });

  it('holds no token, no name and no id after all that can happen, and is plain JSON', async () => {
    await world.signIn(canaries(1));
    world.server.willReply(world.server.grant(canaries(2)));
    await world.auth.refresh();
    const detail = { error: 'invalid_grant', error_description: CANARY, message: CANARY, token: CANARY };
    const answer = firstValueFrom(TestBed.inject(HttpClient).post(API, { secret: CANARY }));
    world.server.willReply(world.server.grant(canaries(3)));
    const headers = { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${CANARY}"` };
    world.api.expectOne(API).flush(detail, { status: 401, statusText: CANARY, headers });
    const [again] = await world.arrivals(API, 1);
    again?.flush({});
    await answer;
    world.server.willReply(json(503, detail, { 'x-token': CANARY }));
    await world.auth.refresh().catch(() => undefined);
    world.server.willReply(json(500, detail));
    await world.auth.logout();
    world.server.willReply(json(401, detail));
    await world.auth.login({ username: CANARY, password: CANARY }).catch(() => undefined);
    const dump = log.dump();
    const text = JSON.stringify(dump);
    expect(text).not.toContain(CANARY);
    expect(JSON.parse(text)).toEqual(dump);
    const seen = ['signed-in', 'refreshed', 'replayed', 'refresh-failed', 'ended', 'logout-not-confirmed'];
    expect(Object.keys(dump.counts)).toEqual(jasmine.arrayContaining(seen));
    expect(dump.counts.refreshed).toBe(2);
  });
});

it('injectSupportLog is in vain without withSupportLog', () => {
  new AngularWorld();
  expect(() => TestBed.runInInjectionContext(() => injectSupportLog())).toThrowError(
    AuthError,
    /support-log-missing/,
  );
});

describe('injectSupportLog for several sessions', () => {
  const office = jwtServer({ url: 'https://office.test' });
  const logOf = (name?: string): SupportLog => TestBed.runInInjectionContext(() => injectSupportLog(name));

  function configure(mine: AuthFeatures[], theirs: AuthFeatures[]): void {
    serveByFetch(new ScriptedServer());
    TestBed.configureTestingModule({
      providers: [
        provideAuth(jwtServer({ url: 'https://shop.test' }), withKeeping('tab'), ...mine),
        provideNamedAuth('office', office, withKeeping('tab'), ...theirs),
      ],
    });
  }

  it('gives the log of a name', async () => {
    configure([withSupportLog()], [withSupportLog()]);
    const clerk = TestBed.runInInjectionContext(() => injectAuth('office'));
    await clerk.login({ username: 'grace', password: 'secret' });
    expect(logOf('office').dump().counts['signed-in']).toBe(1);
    expect(logOf().dump().counts['signed-in']).toBeUndefined();
  });

  it('does not take the log of one for that of another', () => {
    configure([withSupportLog()], []);
    expect(() => logOf('office')).toThrowError(AuthError, /^support-log-missing/);
  });

  it('knows the names', () => {
    configure([], [withSupportLog()]);
    expect(() => logOf('kitchen')).toThrowError(AuthError, /^unknown-name/);
    expect(() => logOf()).toThrowError(AuthError, /^support-log-missing/);
    expect(logOf('office').dump().provider).toBe('jwt-server');
  });
});

describe('supportLog', () => {
  it('tells sessions apart, in every tab alike, without their ids', async () => {
    const world = new EngineWorld();
    const [tab, other] = [world.tab(), world.tab()];
    const provider = { id: 'jwt-server', audience: 'https://auth.test' };
    const logs = [supportLog(tab.engine, provider), supportLog(other.engine, provider)];
    other.engine.start();
    await tab.signIn();
    const first = tab.engine.state().record?.sid ?? '';
    await tab.engine.end('user');
    await tab.signIn();
    await world.clock.advance(1);
    const sessions = logs.map(log => [...new Set(log.dump().events.map(({ session }) => session))]);
    expect(sessions[0]?.length).toBe(3);
    expect(sessions[0]).toEqual([null, jasmine.stringMatching(/^[\da-f]{12}$/), jasmine.any(String)]);
    expect(sessions[0]).toEqual(jasmine.arrayContaining(sessions[1] ?? []));
    expect(sessions[1]?.length).toBeGreaterThan(1);
    expect(JSON.stringify(logs.map(log => log.dump()))).not.toContain(first);
    const elsewhere = supportLog(tab.engine, { ...provider, audience: 'https://other.test' });
    tab.engine.tell({ type: 'lock-stolen' });
    expect(elsewhere.dump().events[0]?.session).not.toBe(logs[0]?.dump().events.at(-1)?.session);
  });

  it('keeps the last two hundred and counts them all', () => {
    const { engine } = new EngineWorld().tab();
    const log = supportLog(engine, { id: '', audience: '' });
    for (let generation = 0; generation < 500; generation += 1) {
      engine.tell({ type: 'rejected-fresh-token', generation });
    }
    const { events, counts } = log.dump();
    expect(events.length).toBe(200);
    expect(events.at(-1)).toEqual(jasmine.objectContaining({ generation: 499 }));
    expect(counts).toEqual({ 'rejected-fresh-token': 500 });
  });
});
