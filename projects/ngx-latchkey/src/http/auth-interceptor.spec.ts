import { HttpClient, HttpContext, HttpErrorResponse, HttpEventType } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { AUTH, AuthError, REPLAY, type AuthMode, type ReplayMode, type SessionEvent } from 'ngx-latchkey';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { AngularWorld } from '../../testing-support/angular-world';
import { settle } from '../../testing-support/fake-clock';
import { json } from '../../testing-support/scripted-server';

const API = 'https://api.test/v1/things';
const INVALID_TOKEN = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

function auth(mode: AuthMode): { context: HttpContext } {
  return { context: new HttpContext().set(AUTH, mode) };
}

/** The status with which a request failed. */
function statusOf(answer: Promise<unknown>): Promise<number> {
  return answer.then(
    () => NaN,
    (error: unknown) => (error instanceof HttpErrorResponse ? error.status : NaN),
  );
}

describe('authInterceptor', () => {
  let world: AngularWorld;
  let http: HttpClient;

  beforeEach(() => {
    world = new AngularWorld();
    http = TestBed.inject(HttpClient);
  });

  afterEach(() => {
    world.api.verify();
  });

  const authorizationOf = (url: string): string | null => {
    const { request } = world.api.expectOne(url);
    return request.headers.get('Authorization');
  };

  describe('while somebody is signed in', () => {
    beforeEach(() => world.signIn());

    it('attaches the token to an API, at once', () => {
      http.get(API).subscribe();
      expect(authorizationOf(API)).toBe('Bearer access-1');
    });

    it('is not content with what a server was told that knew nobody, unless the request is', () => {
      http.get(API).subscribe();
      http.get(`${API}/1`, { transferCache: true }).subscribe();
      http.get('/assets/data.json').subscribe();
      const caches = [API, `${API}/1`, '/assets/data.json'].map(
        url => world.api.expectOne(url).request.transferCache,
      );
      expect(caches).toEqual([false, true, undefined]);
    });

    const strangers = [
      'https://api.test.evil.test/v1/things',
      'https://api.test@evil.test/v1/things',
      'https://api.test/v10',
      'https://api.test/v1/%2e%2e/admin',
      'http://api.test/v1/things',
      'https://api.test:8443/v1/things',
      '/assets/data.json',
      'assets/data.json',
    ];
    for (const url of strangers) {
      it(`F63: attaches nothing to ${url}`, () => {
        http.get(url).subscribe();
        expect(authorizationOf(url)).toBeNull();
      });
    }

    for (const path of ['login', 'refresh', 'logout', 'register']) {
      it(`does not touch the provider's own ${path} endpoint`, () => {
        http.post(`https://auth.test/auth/${path}`, {}).subscribe();
        expect(authorizationOf(`https://auth.test/auth/${path}`)).toBeNull();
      });
    }

    it('F11: renews before a large upload whose token would run out on the way, and before no small one', async () => {
      http.post(API, new ArrayBuffer(1_000)).subscribe();
      expect(authorizationOf(API)).toBe('Bearer access-1');
      const now = Date.now();
      spyOn(Date, 'now').and.returnValue(now + 40_000);
      http.post(API, new ArrayBuffer(60_000_000)).subscribe();
      const [upload] = await world.arrivals(API, 1);
      expect(upload?.request.headers.get('Authorization')).toBe('Bearer access-2');
    });

    it('attaches the token to other URLs of the auth server', () => {
      http.get('https://auth.test/auth/me').subscribe();
      expect(authorizationOf('https://auth.test/auth/me')).toBe('Bearer access-1');
    });

    it('F65: leaves a header of the application alone, and its rejection too', async () => {
      const answer = firstValueFrom(http.get(API, { headers: { Authorization: 'Basic own' } }));
      const request = world.api.expectOne(API);
      expect(request.request.headers.get('Authorization')).toBe('Basic own');
      request.flush('', { status: 401, statusText: 'Unauthorized' });
      await expectAsync(answer).toBeRejected();
      expect(world.server.to('/auth/refresh').length).toBe(0);
    });

    it('attaches nothing where the request says so', () => {
      http.get(API, auth('none')).subscribe();
      expect(authorizationOf(API)).toBeNull();
    });

    it('refuses a required token on a URL that is not listed, and sends nothing', async () => {
      const answer = firstValueFrom(http.get('https://evil.test/', auth('required')));
      await expectAsync(answer).toBeRejectedWithError(AuthError, /origin-not-allowed/);
    });

    it('renews once and replays once for a hundred rejected requests', async () => {
      const answers = Promise.all(Array.from({ length: 100 }, () => firstValueFrom(http.get(API))));
      for (const request of world.api.match(API)) {
        request.flush('', { status: 401, statusText: 'Unauthorized', headers: INVALID_TOKEN });
      }
      const replays = await world.arrivals(API, 100);
      expect(replays.length).toBe(100);
      for (const replay of replays) {
        expect(replay.request.headers.get('Authorization')).toBe('Bearer access-2');
        replay.flush({ ok: true });
      }
      expect((await answers).length).toBe(100);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('hands a second rejection to the caller', async () => {
      const answer = firstValueFrom(http.get(API));
      for (let turn = 0; turn < 2; turn += 1) {
        const [request] = await world.arrivals(API, 1);
        request?.flush('', { status: 401, statusText: 'Unauthorized', headers: INVALID_TOKEN });
      }
      expect(await statusOf(answer)).toBe(401);
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    const aboutTheRequest = [
      'Bearer error="insufficient_user_authentication", acr_values="gold", max_age="300"',
      'DPoP error="insufficient_user_authentication"',
      'Bearer realm="api", error=insufficient_scope',
      'DPoP error="use_dpop_nonce"',
      'DPoP error="invalid_dpop_proof", algs="ES256"',
    ];
    for (const challenge of aboutTheRequest) {
      it(`takes no token for dead because of ${challenge}`, async () => {
        // Old enough that a rejection without words would have it renewed.
        const now = Date.now();
        spyOn(Date, 'now').and.returnValue(now + 31_000);
        const answer = firstValueFrom(http.get(API));
        const headers = { 'WWW-Authenticate': challenge };
        world.api.expectOne(API).flush('', { status: 401, statusText: 'Unauthorized', headers });
        expect(await statusOf(answer)).toBe(401);
        expect(world.server.to('/auth/refresh').length).toBe(0);
      });
    }

    for (const status of [400, 403, 404, 500, 503]) {
      it(`${status === 403 ? 'F05: ' : ''}does not react to status ${String(status)}`, async () => {
        const answer = firstValueFrom(http.get(API));
        world.api.expectOne(API).flush('', { status, statusText: 'Trouble' });
        expect(await statusOf(answer)).toBe(status);
        expect(world.server.to('/auth/refresh').length).toBe(0);
      });
    }

    it('F12: does not react to a network error', async () => {
      const answer = firstValueFrom(http.get(API));
      world.api.expectOne(API).error(new ProgressEvent('error'));
      expect(await statusOf(answer)).toBe(0);
    });

    it('shows the caller one request', async () => {
      const events = lastValueFrom(
        http.get(API, { observe: 'events', reportProgress: true }).pipe(toArray()),
      );
      world.api.expectOne(API).flush('', { status: 401, statusText: 'Unauthorized', headers: INVALID_TOKEN });
      const [replay] = await world.arrivals(API, 1);
      replay?.flush({});
      const sent = (await events).filter(event => event.type === HttpEventType.Sent);
      expect(sent.length).toBe(1);
    });

    const posts: readonly (readonly [string, ReplayMode, Record<string, string>, boolean])[] = [
      ['F09: replays a POST that the API provably did not do', 'auto', INVALID_TOKEN, true],
      ['does not replay a POST that the API may have done', 'auto', {}, false],
      ['replays a POST that is safe to repeat', 'always', {}, true],
      ['does not replay where the request forbids it', 'never', INVALID_TOKEN, false],
    ];
    for (const [name, mode, headers, replayed] of posts) {
      it(name, async () => {
        await world.auth.refresh();
        const context = new HttpContext().set(REPLAY, mode);
        const answer = firstValueFrom(http.post(API, { text: 'note' }, { context })).catch(() => 'rejected');
        const first = world.api.expectOne(API);
        await world.auth.refresh();
        first.flush('', { status: 401, statusText: 'Unauthorized', headers });
        const again = replayed ? await world.arrivals(API, 1) : [];
        if (!replayed) expect(await answer).toBe('rejected');
        expect(again.length).toBe(replayed ? 1 : 0);
        expect(again.map(replay => replay.request.body as unknown)).toEqual(
          replayed ? [{ text: 'note' }] : [],
        );
        for (const replay of again) replay.flush('done');
        expect(await answer).toBe(replayed ? 'done' : 'rejected');
      });
    }

    it('F10: does not replay a body that has been read, says so, and has another token for the next request', async () => {
      const told: SessionEvent[] = [];
      world.auth.events$.subscribe(event => told.push(event));
      const context = new HttpContext().set(REPLAY, 'always');
      const answer = firstValueFrom(http.post(API, new ReadableStream(), { context }));
      world.api.expectOne(API).flush('', { status: 401, statusText: 'Unauthorized', headers: INVALID_TOKEN });
      expect(await statusOf(answer)).toBe(401);
      expect(told.filter(({ type }) => type.includes('replay'))).toEqual([
        { type: 'not-replayable', method: 'POST', at: jasmine.any(Number) },
      ]);
      http.get(API).subscribe();
      expect(authorizationOf(API)).toBe('Bearer access-2');
    });
  });

  describe('while the token has run out', () => {
    beforeEach(() => world.signInExpired());

    it('makes requests wait for one new token', async () => {
      const answers = Promise.all(Array.from({ length: 20 }, () => firstValueFrom(http.get(API))));
      expect(world.api.match(API).length).toBe(0);
      const requests = await world.arrivals(API, 20);
      expect(requests.map(({ request }) => request.headers.get('Authorization'))).toEqual(
        Array<string>(20).fill('Bearer access-2'),
      );
      for (const request of requests) request.flush({});
      await answers;
      expect(world.server.to('/auth/refresh').length).toBe(1);
    });

    it('does not send a request whose caller has left', async () => {
      const subscription = http.get(API).subscribe();
      subscription.unsubscribe();
      await world.auth.getToken();
      await settle();
      world.api.expectNone(API);
    });

    it('fails a request, and does not send it without a token, when the session is refused', async () => {
      world.server.willReply(json(401, { error: 'invalid_grant' }));
      await expectAsync(firstValueFrom(http.get(API))).toBeRejectedWithError(AuthError, /session-ended/);
    });

    it('fails a request, and does not send it without a token, when there is none in time', async () => {
      world.server.willReply(json(503, {}, { 'retry-after': '120' }));
      await expectAsync(firstValueFrom(http.get(API))).toBeRejectedWithError(
        AuthError,
        /temporarily-unavailable/,
      );
      expect(world.auth.isAuthenticated()).toBe(true);
    });
  });

  describe('while nobody is signed in', () => {
    it('sends a request as it is', async () => {
      http.get(API).subscribe();
      await world.auth.settled();
      await settle();
      expect(authorizationOf(API)).toBeNull();
    });

    it('fails a request that requires a token, and sends nothing', async () => {
      const answer = firstValueFrom(http.get(API, auth('required')));
      await expectAsync(answer).toBeRejectedWithError(AuthError, /unauthenticated/);
    });
  });
});
