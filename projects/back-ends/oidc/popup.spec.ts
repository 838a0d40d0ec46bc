import { AuthError, type Page, redirectFlow } from 'ngx-latchkey/core';
import { hostileWorld } from './hostile-world';
import { APPLICATION } from './node-browser';
import { nodePage } from './node-page';

describe('oidc(): a sign-in in a window of its own', () => {
  const world = hostileWorld();

  /** A page and its window, whose messages go through the hands of the test. */
  function pageWithWindow() {
    const heard: ((message: unknown) => void)[] = [];
    const page: Page & { closed: boolean; ledTo: string } = {
      ...nodePage(APPLICATION, world.browser.storage, () => Date.now()),
      closed: false,
      ledTo: '',
      openWindow: () => ({
        go: url => {
          page.ledTo = url;
        },
        close: () => {
          page.closed = true;
        },
        closed: () => page.closed,
      }),
      channel: () => ({
        say: () => undefined,
        listen: listener => void heard.push(listener),
        close: () => undefined,
      }),
      async until(isSo, patience) {
        const end = Date.now() + Math.min(patience, 3_000);
        while (!isSo() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 2));
      },
    };
    const hear = (message: unknown): void => {
      for (const listener of heard) listener(message);
    };
    return { page, hear };
  }

  async function wayBack(page: { readonly ledTo: string }): Promise<URL> {
    while (page.ledTo === '') await new Promise(resolve => setTimeout(resolve, 2));
    const answer = await fetch(page.ledTo, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  const codesUsed = (): number =>
    world.issuer.requests.filter(request => request === '/token authorization_code').length;

  it('ends in the page', async () => {
    const { engine } = world.open();
    const { page, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(page);
    hear({ state: url.searchParams.get('state'), url: url.href });
    const outcome = await signedIn;
    expect('user' in outcome && outcome.user?.id).toBe('ada');
    expect(codesUsed()).toBe(1);
  });

  it('uses a code once, where the window could not wait for the page and ended it itself', async () => {
    const { engine } = world.open();
    const { page, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(page);
    const opened = world.open({}, url.href);
    await opened.arrival;
    hear({ state: url.searchParams.get('state'), url: url.href });
    await expectAsync(signedIn).toBeRejectedWithError(AuthError, /^transaction-unknown/);
    expect([codesUsed(), opened.engine.usable()?.held.user?.id]).toEqual([1, 'ada']);
    await engine.settled();
    expect(engine.usable()?.held.user?.id).toBe('ada');
  });

  it('is told apart from that of another window, and from one that was closed', async () => {
    const { engine } = world.open();
    const { page, hear } = pageWithWindow();
    const signedIn = redirectFlow(page).signIn({ popup: true }, world.provider(), engine);
    const url = await wayBack(page);
    hear({ state: 'of another', url: url.href });
    page.closed = true;
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
