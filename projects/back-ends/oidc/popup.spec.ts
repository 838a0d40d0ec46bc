import { AuthError, type Page, redirectFlow } from 'ngx-latchkey/core';
import { hostileWorld } from './hostile-world';
import { APPLICATION } from './node-browser';
import { nodePage } from './node-page';

type PageChannel = ReturnType<Page['channel']>;

describe('oidc(): a sign-in in a window of its own', () => {
  const world = hostileWorld();

  /** A page and its window, whose messages go through the hands of the test. */
  function pageWithWindow() {
    const channels: PageChannel[] = [];
    const opened = {
      ledTo: '',
      closed: false,
      location: {
        replace(url: string | URL) {
          opened.ledTo = String(url);
        },
      },
      close() {
        opened.closed = true;
      },
    };
    const page: Page = {
      ...nodePage(APPLICATION, world.browser.storage, () => Date.now()),
      openWindow: () => opened,
      channel() {
        const channel: PageChannel = {
          onmessage: null,
          postMessage: () => undefined,
          close: () => undefined,
        };
        channels.push(channel);
        return channel;
      },
      async until(isSo, patience) {
        const end = Date.now() + Math.min(patience, 3_000);
        while (!isSo() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 2));
      },
    };
    const hear = (data: unknown): void => {
      for (const channel of channels) {
        channel.onmessage?.call(channel as BroadcastChannel, new MessageEvent('message', { data }));
      }
    };
    return { page, opened, hear };
  }

  async function wayBack(opened: { readonly ledTo: string }): Promise<URL> {
    while (opened.ledTo === '') await new Promise(resolve => setTimeout(resolve, 2));
    const answer = await fetch(opened.ledTo, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  const codesUsed = (): number =>
    world.issuer.requests.filter(request => request === '/token authorization_code').length;

  it('ends in the page', async () => {
    const { engine } = world.open();
    const { page, opened, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(opened);
    hear({ state: url.searchParams.get('state'), url: url.href });
    const outcome = await signedIn;
    expect('user' in outcome && outcome.user?.id).toBe('ada');
    expect(codesUsed()).toBe(1);
  });

  it('uses a code once, where the window could not wait for the page and ended it itself', async () => {
    const { engine } = world.open();
    const { page, opened, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(opened);
    const other = world.open({}, url.href);
    await other.arrival;
    hear({ state: url.searchParams.get('state'), url: url.href });
    await expectAsync(signedIn).toBeRejectedWithError(AuthError, /^transaction-unknown/);
    expect([codesUsed(), other.engine.usable()?.held.user?.id]).toEqual([1, 'ada']);
    await engine.settled();
    expect(engine.usable()?.held.user?.id).toBe('ada');
  });

  it('is told apart from that of another window, and from one that was closed', async () => {
    const { engine } = world.open();
    const { page, opened, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(opened);
    hear({ state: 'of another', url: url.href });
    opened.closed = true;
    await expectAsync(signedIn).toBeRejectedWithError(AuthError, /^popup-closed/);
    expect(codesUsed()).toBe(0);
  });

  it('is blocked: nothing is left open, and the page stays', async () => {
    const { engine, flow, page } = world.open();
    const blocked = flow.signIn({ popup: true }, world.provider(), engine);
    await expectAsync(blocked).toBeRejectedWithError(AuthError, /^popup-blocked/);
    expect(page.left).toEqual([]);
  });
});
