import { HttpClient, HttpErrorResponse, HttpEventType } from '@angular/common/http';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { AuthError, jwtServer, provideAuth, readJwt, withDpop } from 'ngx-latchkey';
import { memberAt } from 'ngx-latchkey/core';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { AngularWorld } from '../../testing-support/angular-world';
import { json } from '../../testing-support/scripted-server';
import { AUTH_SETUP } from '../auth-setup';
import { sha256 } from './base64url';

const API = 'https://api.test/v1/things';
const BOUND = { token_type: 'DPoP' };
const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };

describe('withDpop()', () => {
  let world: AngularWorld;
  let http: HttpClient;

  beforeEach(() => {
    world = new AngularWorld({ features: [withDpop()] });
    http = TestBed.inject(HttpClient);
  });

  afterEach(() => {
    world.api.verify();
  });

  const claimsOf = ({ request }: TestRequest) => readJwt(request.headers.get('DPoP'));

  const secretsSent = (path: string): readonly unknown[] =>
    world.server.to(path).map(request => memberAt(request.json, 'refreshToken'));

  /** Beyond the time that a renewal rests after a failure. */
  function wait(): void {
    const now = Date.now();
    spyOn(Date, 'now').and.returnValue(now + 90_000);
  }

  async function arrival(url = API): Promise<TestRequest> {
    const [request] = await world.arrivals(url, 1);
    if (request === undefined) throw new Error('Nothing arrived.');
    return request;
  }

  function askForNonce(request: TestRequest, nonce: string): void {
    const headers = { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': nonce };
    request.flush('', { ...UNAUTHORIZED, headers });
  }

  describe('while somebody is signed in', () => {
    beforeEach(() => world.signIn(BOUND));

    it('signs in with a proof', () => {
      const [login] = world.server.to('/auth/login');
      const proof = readJwt(login?.headers?.['DPoP']);
      expect(proof).toEqual(jasmine.objectContaining({ htm: 'POST', htu: 'https://auth.test/auth/login' }));
      expect(proof?.['ath']).toBeUndefined();
    });

    it('sends the token to an API with a proof that fits both', async () => {
      http.post(`${API}?page=2`, {}).subscribe();
      const request = await arrival(`${API}?page=2`);
      expect(request.request.headers.get('Authorization')).toBe('DPoP access-1');
      expect(claimsOf(request)).toEqual(
        jasmine.objectContaining({ htm: 'POST', htu: API, ath: await sha256('access-1') }),
      );
    });

    it('has nothing to do with requests that carry no token', () => {
      http.get('https://other.test/').subscribe();
      const { request } = world.api.expectOne('https://other.test/');
      expect([request.headers.has('DPoP'), request.headers.has('Authorization')]).toEqual([false, false]);
    });

    it('F72: gives an API the nonce that it asks for, also with a POST, and shows the caller one request', async () => {
      const events = lastValueFrom(
        http.post(API, { text: 'note' }, { observe: 'events', reportProgress: true }).pipe(toArray()),
      );
      askForNonce(await arrival(), 'n-1');
      const again = await arrival();
      expect(claimsOf(again)?.['nonce']).toBe('n-1');
      expect(again.request.body).toEqual({ text: 'note' });
      again.flush({});
      expect((await events).filter(({ type }) => type === HttpEventType.Sent).length).toBe(1);
      expect(world.server.to('/auth/refresh').length).toBe(0);
    });

    it('F72: uses the newest nonce, which any answer may bring', async () => {
      http.get(API).subscribe();
      (await arrival()).flush({}, { headers: { 'DPoP-Nonce': 'n-2' } });
      http.get(API).subscribe({ error: () => undefined });
      const second = await arrival();
      expect(claimsOf(second)?.['nonce']).toBe('n-2');
      second.flush('', { status: 500, statusText: 'Trouble', headers: { 'DPoP-Nonce': 'n-3' } });
      http.get(API).subscribe();
      expect(claimsOf(await arrival())?.['nonce']).toBe('n-3');
    });

    it('hands a second wish for a nonce to the caller, and renews nothing', async () => {
      const now = Date.now();
      spyOn(Date, 'now').and.returnValue(now + 31_000);
      const answer = firstValueFrom(http.get(API)).catch((error: unknown) => error);
      askForNonce(await arrival(), 'n-1');
      askForNonce(await arrival(), 'n-2');
      expect((await answer) as HttpErrorResponse).toBeInstanceOf(HttpErrorResponse);
      expect(world.server.to('/auth/refresh').length).toBe(0);
    });

    it('cannot send a stream again', async () => {
      const answer = firstValueFrom(http.put(API, new ReadableStream())).catch(() => 'rejected');
      askForNonce(await arrival(), 'n-1');
      expect(await answer).toBe('rejected');
    });

    it('renews a token that an API calls dead, and sends the request again with the new one', async () => {
      world.server.willReply(world.server.grant(BOUND));
      const answer = firstValueFrom(http.get(API));
      const headers = { 'WWW-Authenticate': 'DPoP error="invalid_token"' };
      (await arrival()).flush('', { ...UNAUTHORIZED, headers });
      const again = await arrival();
      expect(again.request.headers.get('Authorization')).toBe('DPoP access-2');
      expect(claimsOf(again)?.['ath']).toBe(await sha256('access-2'));
      again.flush({});
      await answer;
    });

    it('does not renew because of a proof that an API does not take', async () => {
      const answer = firstValueFrom(http.get(API)).catch(() => 'rejected');
      const headers = { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"' };
      (await arrival()).flush('', { ...UNAUTHORIZED, headers });
      expect(await answer).toBe('rejected');
      expect(world.server.to('/auth/refresh').length).toBe(0);
    });

    it('does not send a request whose caller has left', async () => {
      http.get(API).subscribe().unsubscribe();
      http.get(`${API}/2`).subscribe();
      await arrival(`${API}/2`);
      world.api.expectNone(API);
    });

    it('goes by the clock of the server', async () => {
      const date = new Date(Date.now() - 300_000).toUTCString();
      world.server.willReply(json(200, { ...(world.server.grant(BOUND).json as object) }, { date }));
      await world.auth.refresh();
      http.get(API).subscribe();
      const issued = claimsOf(await arrival())?.iat ?? 0;
      expect(Math.abs(issued - Date.now() / 1000 + 300)).toBeLessThan(5);
    });

    it('proves to the server that it is told of the logout by its own client', async () => {
      await world.auth.logout();
      expect(world.server.to('/auth/logout')[0]?.headers?.['DPoP']).toBeDefined();
    });

    it('ends the session when its key is gone, and sends nothing', async () => {
      const { engine } = TestBed.inject(AUTH_SETUP);
      await world.auth.logout();
      await engine.accept({ token: 'without any key' });
      await expectAsync(firstValueFrom(http.get(API))).toBeRejectedWithError(AuthError, /^session-ended/);
      expect(world.auth.isAuthenticated()).toBe(false);
      world.api.expectNone(API);
    });
  });

  it('F72: gives the auth server the nonce that it asks for', async () => {
    const wish = json(400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': 'n-1' });
    world.server.willReply(wish);
    await world.signIn(BOUND);
    const nonces = world.server.to('/auth/login').map(({ headers }) => readJwt(headers?.['DPoP'])?.['nonce']);
    expect(nonces).toEqual([undefined, 'n-1']);
    expect(world.auth.isAuthenticated()).toBe(true);
  });

  it('takes no token that is not bound', async () => {
    await expectAsync(world.signIn({ token_type: 'Bearer' })).toBeRejectedWithError(
      AuthError,
      /^token-type-changed/,
    );
    await expectAsync(world.signIn()).toBeRejectedWithError(AuthError, /^token-type-changed/);
    expect(world.auth.isAuthenticated()).toBe(false);
  });

  it('never goes back to a token that is not bound, and keeps the refresh token that came with it', async () => {
    await world.signIn(BOUND);
    world.server.willReply(world.server.grant({ token_type: 'Bearer' }), world.server.grant(BOUND));
    await expectAsync(world.auth.refresh()).toBeRejectedWithError(AuthError, /^token-type-changed/);
    expect(await world.auth.getToken()).toBe('access-1');
    wait();
    await world.auth.refresh();
    expect(secretsSent('/auth/refresh')).toEqual(['refresh-1', 'refresh-2']);
    expect(await world.auth.getToken()).toBe('access-3');
  });

  it('keeps its refresh token where a token that is not bound comes without another', async () => {
    await world.signIn(BOUND);
    world.server.willReply(
      json(200, { accessToken: 'unbound', access_token: 'unbound' }),
      world.server.grant(BOUND),
    );
    await expectAsync(world.auth.refresh()).toBeRejectedWithError(AuthError, /^token-type-changed/);
    wait();
    await world.auth.refresh();
    expect(secretsSent('/auth/refresh')).toEqual(['refresh-1', 'refresh-1']);
  });

  it('ends the session where a token that is not bound is another user’s', async () => {
    await world.signIn(BOUND);
    world.server.willReply(world.server.grant({ token_type: 'Bearer', user: { id: '2' } }));
    await expectAsync(world.auth.refresh()).toBeRejectedWithError(AuthError, /^session-ended/);
    expect(secretsSent('/auth/logout')).toEqual(['refresh-2']);
  });

  it('is nothing for a provider whose server hands out no tokens to renew', () => {
    TestBed.resetTestingModule();
    const provider = { ...jwtServer({ url: 'https://auth.test' }), session: { kind: 'fixed' } as const };
    TestBed.configureTestingModule({ providers: [provideAuth(provider, withDpop())] });
    expect(() => TestBed.inject(AUTH_SETUP)).toThrowError(AuthError, /^dpop-unsupported/);
  });
});
