import { createHash, randomBytes } from 'node:crypto';
import { Browser, type Page } from './browser.js';
import { recordOf, type Answer } from './test-server.js';

export const CALLBACK = 'http://localhost:4200/auth/callback';

/** What a token request answered. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A public client that signs in by code and PKCE, as an app in a browser does. */
export class OpenIdClient {
  readonly issuer: string;
  readonly browser = new Browser();
  readonly verifier = randomBytes(32).toString('base64url');
  readonly clientId: string;

  constructor(serverUrl: string, clientId = 'latchkey-demo') {
    this.issuer = `${serverUrl}/oidc`;
    this.clientId = clientId;
  }

  parameters(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      client_id: this.clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile email roles offline_access',
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    };
  }

  authorize(parameters: Readonly<Record<string, string>> = this.parameters()): Promise<Page> {
    return this.browser.get(`${this.issuer}/auth?${new URLSearchParams(parameters).toString()}`);
  }

  /** Follows redirects within the issuer; ends at a page, or at the redirect to the app. */
  async follow(page: Page): Promise<Page> {
    return page.location.startsWith(this.issuer) ? this.follow(await this.browser.get(page.location)) : page;
  }

  /** Signs in on the page that `authorize` led to and answers the address of the app that it ends at. */
  async signIn(username = 'ada', parameters?: Readonly<Record<string, string>>): Promise<URL> {
    const form = await this.follow(await this.authorize(parameters));
    if (form.location !== '') return new URL(form.location);
    const fields = { username, password: `latchkey-${username}` };
    const end = await this.follow(await this.browser.post(form.url, fields));
    return new URL(end.location);
  }

  token(
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return postForm(`${this.issuer}/token`, { client_id: this.clientId, ...fields }, headers);
  }

  redeem(callback: URL, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    const code = callback.searchParams.get('code') ?? '';
    const grant = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
    return this.token({ ...grant, code_verifier: this.verifier }, headers);
  }

  refresh(refreshToken: string): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async tokens(username?: string): Promise<Tokens> {
    return tokensOf(await this.redeem(await this.signIn(username)));
  }
}

export function tokensOf({ body }: Answer): Tokens {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return {
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    body,
  };
}

export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? recordOf(JSON.parse(text)) : {},
  };
}
