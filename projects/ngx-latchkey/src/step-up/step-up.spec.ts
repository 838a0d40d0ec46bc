import { HttpClient, HttpContext, HttpErrorResponse } from '@angular/common/http';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { AuthError, REPLAY, type StepUpChallenge, injectStepUp, withDpop, withStepUp } from 'ngx-latchkey';
import type { SessionEngine } from 'ngx-latchkey/core';
import { firstValueFrom } from 'rxjs';
import { AngularWorld } from '../../testing-support/angular-world';
import { eventually } from '../../testing-support/fake-clock';
import { SignInElsewhere, grantOf, tokenWith } from '../../testing-support/sign-in-elsewhere';
import { AUTH_SETUP } from '../auth-setup';

const API = 'https://api.test/v1/things';
const WANTS = 'Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="300"';
const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };
const LAST = grantOf('first');

describe('withStepUp()', () => {
  let world: AngularWorld;
  let elsewhere: SignInElsewhere;
  let engine: SessionEngine;
  let http: HttpClient;
  let challenge: () => StepUpChallenge | null;

  async function begin(...features: Parameters<typeof withStepUp>): Promise<void> {
    elsewhere = new SignInElsewhere();
    world = new AngularWorld({ provider: elsewhere.provider, features: [withStepUp(...features)] });
    http = TestBed.inject(HttpClient);
    ({ engine } = TestBed.inject(AUTH_SETUP));
    challenge = TestBed.runInInjectionContext(() => injectStepUp());
    await engine.accept(LAST);
  }

  afterEach(() => {
    world.api.verify();
  });

  const wantMore = (request: TestRequest): void => {
    request.flush('more, please', { ...UNAUTHORIZED, headers: { 'WWW-Authenticate': WANTS } });
  };

  /** A request that waits for the user; what it comes to in the end. */
  function parked(url = API): Promise<unknown> {
    const answer = firstValueFrom(http.get(url)).catch((error: unknown) =>
      error instanceof HttpErrorResponse ? `${error.status} ${String(error.error)}` : error,
    );
    wantMore(world.api.expectOne(url));
    return answer;
  }

  const codeOf = (error: unknown): string => (error instanceof AuthError ? error.code : String(error));

  it('F73: asks once for five requests, keeps the session, and sends each once more', async () => {
    await begin();
    elsewhere.outcomes.push(grantOf(tokenWith({ acr: 'silver', auth_time: Date.now() / 1000 })));
    const urls = [1, 2, 3, 4, 5].map(number => `${API}/${String(number)}`);
    const answers = urls.map(parked);
    expect(challenge()).toEqual(
      jasmine.objectContaining({ acrValues: 'gold silver', maxAge: 300, error: null }),
    );
    expect(engine.usable()?.held.token).toBe('first');
    await challenge()?.signIn();
    expect(elsewhere.asked).toEqual([{ popup: true, acrValues: 'gold silver', maxAge: 300 }]);
    expect(challenge()).toBeNull();
    const token = engine.usable()?.held.token ?? '';
    for (const url of urls) {
      const again = world.api.expectOne(url);
      expect(again.request.headers.get('Authorization')).toBe(`Bearer ${token}`);
      again.flush('done');
    }
    expect(await Promise.all(answers)).toEqual(Array(5).fill('done'));
    expect(world.server.requests).toEqual([]);
  });

  it('F73: fails the requests with a typed error when the user does not want to', async () => {
    await begin();
    const answers = [parked(), parked(`${API}/2`)];
    challenge()?.cancel();
    expect((await Promise.all(answers)).map(codeOf)).toEqual(['step-up-cancelled', 'step-up-cancelled']);
    expect(challenge()).toBeNull();
    expect(world.auth.isAuthenticated()).toBe(true);
  });

  it("gives up after two failures, with the API's own answer", async () => {
    await begin();
    elsewhere.outcomes.push('popup-closed', 'access-denied');
    const answer = parked();
    await challenge()?.signIn();
    expect(challenge()?.error?.code).toBe('popup-closed');
    await challenge()?.signIn();
    expect(await answer).toBe('401 more, please');
    expect(challenge()).toBeNull();
    expect(engine.usable()?.held).toEqual(LAST);
  });

  it('signs in once, however often the button is clicked', async () => {
    await begin();
    elsewhere.outcomes.push(grantOf('second'));
    const answer = parked();
    await Promise.all([challenge()?.signIn(), challenge()?.signIn()]);
    expect(elsewhere.asked.length).toBe(1);
    world.api.expectOne(API).flush('done');
    expect(await answer).toBe('done');
  });

  it('F74: takes nothing from another user, and gives the tokens back', async () => {
    await begin();
    elsewhere.outcomes.push(grantOf('of eve', '2'), grantOf('second'));
    const answer = parked();
    await challenge()?.signIn();
    expect(challenge()?.error?.code).toBe('step-up-other-user');
    expect(engine.usable()?.held).toEqual(LAST);
    const [{ json: told = null } = {}] = world.server.to('/auth/logout');
    expect(told as unknown).toEqual({ refreshToken: 'secret of of eve' });
    await challenge()?.signIn();
    world.api.expectOne(API).flush('done');
    expect(await answer).toBe('done');
  });

  it('asks the user, too, where the token had to be renewed first', async () => {
    await begin();
    elsewhere.outcomes.push(grantOf('second'));
    const answer = firstValueFrom(http.get(API));
    const dead = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
    world.api.expectOne(API).flush('', { ...UNAUTHORIZED, headers: dead });
    const [renewed] = await world.arrivals(API, 1);
    if (renewed !== undefined) wantMore(renewed);
    await challenge()?.signIn();
    const again = world.api.expectOne(API);
    expect(again.request.headers.get('Authorization')).toBe('Bearer second');
    again.flush('done');
    expect(await answer).toBe('done');
  });

  it('takes a token that tells that it is not enough for a failure', async () => {
    await begin();
    elsewhere.outcomes.push(
      grantOf(tokenWith({ acr: 'bronze', auth_time: Date.now() / 1000 })),
      grantOf('third'),
    );
    const answer = parked();
    await challenge()?.signIn();
    expect(challenge()?.error?.code).toBe('authentication-requirements-unmet');
    await challenge()?.signIn();
    world.api.expectOne(API).flush('done');
    expect(await answer).toBe('done');
  });

  it('does not ask again for a request that was sent again', async () => {
    await begin();
    elsewhere.outcomes.push(grantOf('second'));
    const answer = parked();
    await challenge()?.signIn();
    wantMore(world.api.expectOne(API));
    expect(await answer).toBe('401 more, please');
    expect(challenge()).toBeNull();
  });

  it('sends a request again that was on its way while the user signed in', async () => {
    await begin();
    const answer = firstValueFrom(http.post(API, {}));
    const late = world.api.expectOne(API);
    await engine.accept(grantOf('second'));
    wantMore(late);
    const again = world.api.expectOne(API);
    expect(again.request.headers.get('Authorization')).toBe('Bearer second');
    again.flush('done');
    expect(await answer).toBe('done');
    expect(challenge()).toBeNull();
  });

  it('sends nothing again with the token of somebody else', async () => {
    await begin();
    const answer = parked();
    await engine.accept(grantOf('of eve', '2'));
    expect(codeOf(await answer)).toBe('session-ended');
    const late = parked(`${API}/2`);
    await engine.accept(LAST);
    expect(codeOf(await late)).toBe('session-ended');
  });

  it('goes on whoever signed the same user in', async () => {
    await begin();
    const answer = parked();
    await engine.accept(grantOf('of a form'));
    world.api.expectOne(API).flush('done');
    expect(await answer).toBe('done');
  });

  it('fails with the session', async () => {
    await begin();
    const answer = parked();
    await world.auth.logout();
    expect(codeOf(await answer)).toBe('session-ended');
  });

  it('waits for so long and for so many', async () => {
    jasmine.clock().install();
    try {
      await begin({ maxWait: 120, maxRequests: 1 });
      const answer = parked();
      expect(await parked(`${API}/2`)).toBe('401 more, please');
      jasmine.clock().tick(119_000);
      expect(challenge()).not.toBeNull();
      jasmine.clock().tick(2_000);
      expect(challenge()).toBeNull();
      expect(await answer).toBe('401 more, please');
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('asks nobody any more once the callers have left', async () => {
    await begin();
    const subscription = http.get(API).subscribe();
    wantMore(world.api.expectOne(API));
    expect(challenge()).not.toBeNull();
    subscription.unsubscribe();
    expect(challenge()).toBeNull();
  });

  it('does not let a request wait that may not be sent again', async () => {
    await begin();
    const context = new HttpContext().set(REPLAY, 'never');
    const answer = firstValueFrom(http.get(API, { context })).catch(() => 'rejected');
    wantMore(world.api.expectOne(API));
    expect(await answer).toBe('rejected');
    expect(challenge()).toBeNull();
  });

  it('has a handler ask, and takes its failure for a no', async () => {
    const asked: StepUpChallenge[] = [];
    await begin({
      ask: async given => {
        asked.push(given);
        if (asked.length > 1) throw new Error('The dialog was closed.');
        elsewhere.outcomes.push(grantOf('second'));
        await given.signIn();
      },
    });
    const answer = parked();
    await eventually(() => challenge() === null);
    world.api.expectOne(API).flush('done');
    expect(await answer).toBe('done');
    expect(codeOf(await parked())).toBe('step-up-cancelled');
  });

  it('leaves other rejections alone', async () => {
    await begin();
    const answer = firstValueFrom(http.get(API)).catch(() => 'rejected');
    world.api.expectOne(API).flush('', UNAUTHORIZED);
    expect(await answer).toBe('rejected');
    expect(challenge()).toBeNull();
  });

  it('goes together with DPoP: the key stays, and the new token goes out with a proof', async () => {
    elsewhere = new SignInElsewhere();
    world = new AngularWorld({ provider: elsewhere.provider, features: [withDpop(), withStepUp()] });
    elsewhere.outcomes.push(grantOf('first'), grantOf('second'));
    await world.auth.login();
    const http = TestBed.inject(HttpClient);
    const answer = firstValueFrom(http.post(API, {}));
    const [first] = await world.arrivals(API, 1);
    first?.flush('', { ...UNAUTHORIZED, headers: { 'WWW-Authenticate': WANTS.replace('Bearer', 'DPoP') } });
    await TestBed.inject(AUTH_SETUP).stepUp?.challenge()?.signIn();
    const [again] = await world.arrivals(API, 1);
    expect(again?.request.headers.get('Authorization')).toBe('DPoP second');
    const keys = [first, again].map(sent => sent?.request.headers.get('DPoP')?.split('.')[0]);
    expect(keys[1]).toBe(keys[0] ?? 'a key');
    again?.flush('done');
    expect(await answer).toBe('done');
  });

  it('is missed by who wants to show it', () => {
    world = new AngularWorld();
    expect(() => TestBed.runInInjectionContext(() => injectStepUp())).toThrowError(
      AuthError,
      /^step-up-missing/,
    );
  });
});
