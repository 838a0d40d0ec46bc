import { Browser, type Page } from './browser.js';
import { call, type Answer } from './test-server.js';

export const PAGE = 'http://localhost:4200';
export const CSRF = { 'x-csrf': '1' };

/** An app whose session is a cookie: it signs in by redirects, and calls with the cookie and a header. */
export class CookieApp {
  readonly browser = new Browser();
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  /** Follows redirects on the server; ends at a form, or at the redirect to the app. */
  async follow(page: Page): Promise<Page> {
    const isOwn = page.location.startsWith(this.#server);
    return isOwn ? this.follow(await this.browser.get(page.location)) : page;
  }

  login(
    parameters: Readonly<Record<string, string>> = { returnUrl: '/notes' },
    headers: Readonly<Record<string, string>> = { referer: `${PAGE}/` },
  ): Promise<Page> {
    const query = new URLSearchParams(parameters).toString();
    return this.browser.get(`${this.#server}/bff/login?${query}`, headers);
  }

  /** Signs in and answers the address of the app that this ends at. */
  async signIn(username = 'ada', parameters?: Readonly<Record<string, string>>): Promise<string> {
    const form = await this.follow(await this.login(parameters));
    if (form.location !== '') return form.location;
    const fields = { username, password: `latchkey-${username}` };
    return (await this.follow(await this.browser.post(form.url, fields))).location;
  }

  get cookie(): string {
    return this.browser.cookie('latchkey_bff=');
  }

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = CSRF,
  ): Promise<Answer> {
    return call(`${this.#server}${path}`, method, body, { cookie: this.cookie, ...headers });
  }

  user(): Promise<Answer> {
    return this.call('GET', '/bff/user');
  }
}
