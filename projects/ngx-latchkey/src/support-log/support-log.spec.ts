import { HttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { AuthError, injectSupportLog, withSupportLog, type SupportLog } from 'ngx-latchkey';
import { firstValueFrom } from 'rxjs';
import { AngularWorld } from '../../testing-support/angular-world';
import { EngineWorld } from '../../testing-support/engine-world';
import { json } from '../../testing-support/scripted-server';
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
    log = TestBed.runInInjectionContext(injectSupportLog);
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
  expect(() => TestBed.runInInjectionContext(injectSupportLog)).toThrowError(
    AuthError,
    /support-log-missing/,
  );
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
