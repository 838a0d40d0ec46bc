/** As much of a browser as a login by redirects needs: cookies by path, forms, and no redirect followed unasked. */
export class Browser {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#send(url, {}, headers);
  }

  post(url: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** `name=value` of the cookies whose name begins so. */
  cookie(name: string): string {
    return [...this.#cookies]
      .flatMap(([key, { value }]) => (`${key}=`.startsWith(name) ? [`${key}=${value}`] : []))
      .join('; ');
  }

  async #send(url: string, init: RequestInit, more: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { pathname } = new URL(url);
    const sent = [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const headers = { ...more, cookie: sent.join('; ') };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    const location = answer.headers.get('location');
    return {
      url,
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
      location: location === null ? '' : new URL(location, url).href,
    };
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /; *path=([^;]*)/i.exec(cookie)?.[1] ?? '/';
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a redirect leads, or an empty text. */
  readonly location: string;
}
