import { type RecordStore, type WireRequest, memoryStore, redirectFlow } from 'ngx-latchkey/core';
import { type CookieSessionLogin, type CookieSessionOptions, cookieSession } from 'ngx-latchkey/oidc';
import { createAuthServer } from '../../auth-server/src/index.js';
import { Browser, type Page } from '../../auth-server/spec/support/browser.js';
import { nodePage } from '../harness/node-page';
import { type NodeTab, nodeTab } from '../harness/node-tab';
import { nodeTransport } from '../harness/node-transport';

const CHEAP = { memoryCost: 256, timeCost: 1, parallelism: 1 };

/** What a person types on the pages of the server. */
interface Typed {
  readonly username?: string;
  readonly cancel?: string;
  readonly code?: string;
}

/** An application and its backend for frontend at one origin, and one browser with its cookies and its storage. */
export async function cookieWorld() {
  const server = await createAuthServer({ port: 0, passwordHashing: CHEAP });
  const home = `${server.url}/`;
  const page = nodePage(home);
  const jar = new Map<string, string>();
  const browser = new Browser();
  let store: RecordStore = memoryStore();
  const sent: WireRequest[] = [];
  const tabs: NodeTab[] = [];
  const http = nodeTransport(server.url, jar);

  /** Loads the page, as it is first or again. */
  async function load(options?: CookieSessionOptions): Promise<NodeTab> {
    for (const tab of tabs.splice(0)) tab.close();
    const provider = cookieSession(options);
    const tab = nodeTab(provider, store, {
      transport: (request, deadline) => {
        sent.push(request);
        return http(request, deadline);
      },
      arrive: engine => {
        const arriving = redirectFlow(page).arrive(provider, engine);
        arriving?.catch(() => undefined);
        return arriving;
      },
    });
    tabs.push(tab);
    await tab.engine.settled();
    return tab;
  }

  /**
   * Goes where the page wants to, fills in what is asked for there, and is back at the page, loaded anew.
   *
   * @param visit what `login` takes, and what is typed there
   */
  async function signIn(tab: NodeTab, visit: CookieSessionLogin & Typed = {}): Promise<NodeTab> {
    const { username = 'ada', cancel, code, ...input } = visit;
    const outcome = await tab.engine.signIn(input);
    if (!('redirect' in outcome)) throw new Error('It leads nowhere.');
    void redirectFlow(page)
      .depart(input)
      .go(outcome, cookieSession(), tab.engine)
      .catch(() => undefined);
    const form = await follow(await browser.get(page.left()));
    const password = { username, password: `latchkey-${username}` };
    const fields = cancel ? { cancel } : code ? { code } : password;
    const end = form.location === '' ? await follow(await browser.post(form.url, fields)) : form;
    takeCookie();
    page.show(end.location);
    return load();
  }

  /** Follows redirects as long as they are the server's business; ends at a form, or on the way back to the page. */
  async function follow(at: Page): Promise<Page> {
    return /\/(oidc|bff)\//.test(at.location) ? follow(await browser.get(at.location)) : at;
  }

  function takeCookie(): void {
    const [name = '', value = ''] = browser.cookie('latchkey_bff=').split('=');
    if (value !== '') jar.set(name, value);
  }

  /** Calls an API as the interceptor does. */
  async function call({ engine }: NodeTab, path: string): Promise<number> {
    const headers = engine.usable() === null ? {} : { 'X-CSRF': '1' };
    const request = { url: path, method: 'GET', headers, credentials: 'include' } as const;
    return (await http(request, 5000)).status;
  }

  return {
    server,
    page,
    jar,
    sent,
    kept: () => store.read(),
    /** The browser forgets what script has stored, and keeps its cookies. */
    forget() {
      store = memoryStore();
    },
    load,
    signIn,
    call,
    async admin(path: string, body: object = {}) {
      await fetch(`${server.url}/admin/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    },
    /** Nobody answers any more. */
    async down() {
      const { server: listener } = server.app;
      await new Promise(resolve => {
        listener.close(resolve);
        listener.closeAllConnections();
      });
    },
    /** The same server answers again, with all its sessions. */
    async up() {
      const { port } = new URL(server.url);
      await new Promise<void>(resolve => {
        server.app.server.listen(Number(port), '127.0.0.1', resolve);
      });
    },
    async close() {
      for (const tab of tabs) tab.close();
      page.close();
      await server.close();
    },
  };
}

export type CookieWorld = Awaited<ReturnType<typeof cookieWorld>>;
