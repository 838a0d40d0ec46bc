import { AuthError, type RecordStore, type SessionRecord, sharedPorts } from 'ngx-latchkey/core';
import { eventually } from '../../testing-support/fake-clock';
import { fetchTransport } from './fetch-transport';
import { indexedDbStore } from './indexed-db-store';
import { memoryStore } from './memory-store';
import { steadfastStore } from './steadfast-store';
import { tabChannel } from './tab-channel';
import { webLock } from './web-lock';

let keys = 0;
const freshKey = (): string => `spec ${String(performance.timeOrigin)} ${String((keys += 1))}`;

function record(generation: number): SessionRecord {
  return { v: 1, sid: 's', epoch: 1, generation, held: { token: 't' }, receivedAt: 0, life: null };
}

describe('The record in IndexedDB', () => {
  it('is kept for whoever opens it with the same key', async () => {
    const key = freshKey();
    await indexedDbStore(key).change(() => record(1));
    expect(await indexedDbStore(key).read()).toEqual(record(1));
    expect(await indexedDbStore(freshKey()).read()).toBeUndefined();
  });

  it('is changed by one at a time', async () => {
    const key = freshKey();
    const stores = [indexedDbStore(key), indexedDbStore(key)];
    const change = (store: RecordStore) => store.change(current => record((current?.generation ?? 0) + 1));
    await Promise.all(Array.from({ length: 25 }, () => stores.map(change)).flat());
    expect((await stores[0]?.read())?.generation).toBe(50);
  });

  it('stays as it is when nothing is decided', async () => {
    const store = indexedDbStore(freshKey());
    await store.change(() => record(1));
    expect(await store.change(() => undefined)).toEqual(record(1));
  });

  it('takes what it does not understand for nothing', async () => {
    const key = freshKey();
    const store = indexedDbStore(key);
    for (const foreign of [{ v: 'x' }, { v: 1 }, { ...record(1), held: {} }, 'text', null]) {
      await store.change(() => foreign as unknown as SessionRecord);
      expect(await store.read()).toBeUndefined();
    }
  });
});

describe('A record of a newer version', () => {
  it('is neither read nor changed', async () => {
    const store = indexedDbStore(freshKey());
    await store.change(() => ({ ...record(1), v: 2 }) as unknown as SessionRecord);
    const steadfast = steadfastStore(store, fail, fail);
    await expectAsync(steadfast.read()).toBeRejectedWithError(AuthError, /newer-record/);
    await expectAsync(steadfast.change(() => record(1))).toBeRejectedWithError(AuthError, /newer-record/);
  });
});

describe('A store that fails', () => {
  const broken: RecordStore = {
    read: () => Promise.reject(new DOMException('blocked', 'SecurityError')),
    change: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
  };

  it('is replaced by memory from the start', async () => {
    let degraded = 0;
    const store = steadfastStore(broken, () => (degraded += 1), fail);
    expect(await store.read()).toBeUndefined();
    await store.change(() => record(1));
    expect(await store.read()).toEqual(record(1));
    expect(degraded).toBe(1);
  });

  it('does not forget that somebody else logged out later than this tab knows', async () => {
    const ended = (epoch: number): SessionRecord => ({
      v: 1,
      sid: 's',
      epoch,
      generation: 1,
      ended: { reason: 'user', at: epoch },
    });
    const memory = memoryStore();
    let works = true;
    const store = steadfastStore(
      { read: memory.read, change: decide => (works ? memory.change(decide) : broken.change(decide)) },
      () => undefined,
      () => undefined,
    );
    await store.change(() => record(1));
    await memory.change(() => ended(9));
    works = false;
    await store.change(() => ended(5));
    works = true;
    expect(await store.change(() => undefined)).toEqual(ended(9));
  });

  it('is replaced by memory with what was known, until it works again', async () => {
    let works = true;
    let mended = 0;
    const memory = indexedDbStore(freshKey());
    const store = steadfastStore(
      {
        read: () => memory.read(),
        change: decide => (works ? memory.change(decide) : broken.change(decide)),
      },
      () => undefined,
      () => (mended += 1),
    );
    const next = () => store.change(current => record((current?.generation ?? 0) + 1));
    await next();
    works = false;
    await next();
    expect(await store.read()).toEqual(record(2));
    expect(await memory.read()).toEqual(record(1));
    expect(mended).toBe(0);
    works = true;
    await next();
    expect(await memory.read()).toEqual(record(3));
    expect(mended).toBe(1);
  });
});

describe('The Web Lock', () => {
  it('lets one task run at a time', async () => {
    const name = freshKey();
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await indexedDbStore(name).read();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => webLock(name).exclusive(task, 5_000)));
    expect(most).toBe(1);
  });

  it('does not wait longer than asked', async () => {
    const name = freshKey();
    const stuck = Promise.withResolvers<undefined>();
    const holder = webLock(name).exclusive(() => stuck.promise, 5_000);
    const waiter = webLock(name).exclusive(() => Promise.resolve(), 1);
    await expectAsync(waiter).toBeRejectedWithError(AuthError, /lock-timeout/);
    stuck.resolve(undefined);
    await holder;
  });

  it('hands on what the task threw', async () => {
    const task = webLock(freshKey()).exclusive(() => Promise.reject(new Error('mine')), 5_000);
    await expectAsync(task).toBeRejectedWithError('mine');
  });
});

describe('The channel between tabs', () => {
  it('is heard by the others and not by the one who speaks', async () => {
    const name = freshKey();
    const heard = { here: 0, there: 0 };
    const here = tabChannel(name);
    const there = tabChannel(name);
    const stops = [here.listen(() => (heard.here += 1)), there.listen(() => (heard.there += 1))];
    here.announce();
    await eventually(() => heard.there === 1);
    expect(heard.here).toBe(0);
    for (const stop of stops) stop();
  });

  it('carries no data', async () => {
    const name = freshKey();
    const said: unknown[] = [];
    const ear = new BroadcastChannel(name);
    ear.onmessage = event => said.push(event.data);
    const channel = tabChannel(name);
    const stop = channel.listen(() => undefined);
    channel.announce();
    await eventually(() => said.length === 1);
    expect(said).toEqual(['changed']);
    stop();
    ear.close();
  });
});

describe('The transport', () => {
  const request = {
    url: 'https://auth.test/auth/refresh',
    method: 'POST',
    json: { refreshToken: 'r' },
  } as const;

  it('sends no cookie, no referrer, follows no redirect and stores nothing', async () => {
    const fetch = spyOn(window, 'fetch').and.resolveTo(Response.json({ ok: true }));
    const answer = await fetchTransport()(request, 1_000);
    expect(answer).toEqual(jasmine.objectContaining({ status: 200, json: { ok: true } }));
    const [, options] = fetch.calls.mostRecent().args;
    expect(options).toEqual(
      jasmine.objectContaining({
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        body: '{"refreshToken":"r"}',
      }),
    );
  });

  const bodies: readonly (readonly [string, Response, unknown])[] = [
    ['JSON', Response.json([1]), [1]],
    [
      'JSON of a special kind',
      new Response('{"a":1}', { headers: { 'content-type': 'application/problem+json' } }),
      { a: 1 },
    ],
    ['a page', new Response('<p>', { headers: { 'content-type': 'text/html' } }), undefined],
    [
      'a page that calls itself JSON',
      new Response('<p>', { headers: { 'content-type': 'application/json' } }),
      undefined,
    ],
    [
      'JSON that calls itself a page',
      new Response('{}', { headers: { 'content-type': 'text/html' } }),
      undefined,
    ],
    ['nothing', new Response(null, { status: 204 }), undefined],
    ['too much', Response.json('x'.repeat(300_000)), undefined],
  ];
  for (const [name, response, json] of bodies) {
    it(`reads ${name}`, async () => {
      spyOn(window, 'fetch').and.resolveTo(response);
      expect((await fetchTransport()(request, 1_000)).json).toEqual(json);
    });
  }

  it('tells a server that cannot be reached from one that does not answer', async () => {
    spyOn(window, 'fetch').and.rejectWith(new TypeError('Failed to fetch'));
    await expectAsync(fetchTransport()(request, 1_000)).toBeRejectedWithError(AuthError, /^unreachable/);
    (window.fetch as jasmine.Spy<typeof window.fetch>).and.callFake(
      (_url, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => {
            reject(new DOMException('late', 'TimeoutError'));
          });
        }),
    );
    await expectAsync(fetchTransport()(request, 1)).toBeRejectedWithError(AuthError, /^no-answer/);
  });

  it('resolves a path against the page, wherever a <base> may point', async () => {
    const base = document.createElement('base');
    base.href = 'https://evil.test/';
    document.head.append(base);
    const fetch = spyOn(window, 'fetch').and.resolveTo(Response.json({}));
    await fetchTransport()({ ...request, url: '/auth/refresh' }, 1_000);
    base.remove();
    expect(String(fetch.calls.mostRecent().args[0])).toBe(`${location.origin}/auth/refresh`);
  });
});

describe('The browser', () => {
  it('does nothing before it is asked', () => {
    const open = spyOn(indexedDB, 'open').and.callThrough();
    const request = spyOn(navigator.locks, 'request').and.callThrough();
    sharedPorts(freshKey(), () => undefined);
    expect(open).not.toHaveBeenCalled();
    expect(request).not.toHaveBeenCalled();
  });
});
