import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type HostileKey, type Signature, hostileKey, signedBy } from './hostile-keys';

export const CLIENT_ID = 'latchkey-web';

/** Claims, or members of an answer. */
export type Members = Readonly<Record<string, unknown>>;

/** An answer as it goes out. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text that is a web page. */
  readonly body?: Members | string;
  /** Never answers. */
  readonly silent?: boolean;
}

/** Where an issuer departs from the protocol; what is left out is done as it should be. */
export interface Script {
  readonly metadata?: (metadata: Members) => Members;
  readonly discovery?: Reply;
  /** What goes back to the application instead of the right parameters. */
  readonly callback?: (parameters: URLSearchParams) => void;
  readonly idToken?: (claims: Members) => Members;
  readonly signature?: Signature;
  /** Changes the good answer of the token endpoint, or replaces it. */
  readonly tokens?: (answer: Members, secrets: readonly string[]) => Reply;
  readonly userInfo?: (claims: Members) => Reply;
  readonly revocation?: Reply;
  readonly pushed?: Reply;
  readonly keys?: Reply;
}

/** An issuer that does what a script says. */
export interface HostileIssuer {
  readonly issuer: string;
  script: Script;
  /** Everything that it was given or gave away and that nobody else may see: codes, verifiers, tokens. */
  readonly secrets: readonly string[];
  /** The path and the grant type of each request. */
  readonly requests: readonly string[];
  /** Signs with a new key from now on, and shows only that. */
  rotateKey(): Promise<void>;
  /** Shows another key besides. */
  addKey(): Promise<void>;
  close(): Promise<void>;
}

/** What is kept of a code until it is used. */
interface Sold {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

/** Starts one; it signs `ada` in without a question. */
export async function startHostileIssuer(): Promise<HostileIssuer> {
  const secrets: string[] = [];
  const requests: string[] = [];
  const codes = new Map<string, Sold>();
  const pushes = new Map<string, URLSearchParams>();
  const refreshTokens = new Map<string, Sold>();
  let key = await hostileKey(0);
  let others: readonly HostileKey[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  // A name of its own, since clients may remember what an issuer on the same port said before.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${randomUUID()}`;
  const hostile = {
    issuer,
    script: {} as Script,
    secrets,
    requests,
    async rotateKey() {
      key = await hostileKey(1);
    },
    async addKey() {
      others = [await hostileKey(2)];
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const secret = (kind: string): string => {
    const made = `canary-${kind}-${randomUUID()}`;
    secrets.push(made);
    return made;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer);
    const form = new URLSearchParams(await text(request));
    const path = pathname.slice(new URL(issuer).pathname.length);
    requests.push([path, form.get('grant_type')].filter(Boolean).join(' '));
    const reply = await replyTo(path, searchParams, form);
    if (reply.silent) return;
    const { status = 200, body = {}, headers } = reply;
    const page = typeof body === 'string';
    response.writeHead(status, { 'content-type': page ? 'text/html' : 'application/json', ...headers });
    response.end(page ? body : JSON.stringify(body));
  }

  async function replyTo(path: string, query: URLSearchParams, form: URLSearchParams): Promise<Reply> {
    const { script } = hostile;
    switch (path) {
      case '/.well-known/openid-configuration':
        return script.discovery ?? { body: (script.metadata ?? same)(metadataOf(issuer)) };
      case '/authorize':
        return authorize(pushes.get(query.get('request_uri') ?? '') ?? query);
      case '/par':
        return script.pushed ?? { status: 201, body: { request_uri: push(form), expires_in: 60 } };
      case '/token':
        return token(form);
      case '/userinfo':
        return (script.userInfo ?? asBody)({ sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.test' });
      case '/revoke':
        return script.revocation ?? {};
      case '/keys':
        return script.keys ?? { body: { keys: [key, ...others].map(({ jwk }) => jwk) } };
      default:
        return { status: 404 };
    }
  }

  function push(form: URLSearchParams): string {
    const uri = secret('request');
    pushes.set(uri, form);
    return uri;
  }

  function authorize(query: URLSearchParams): Reply {
    const code = secret('code');
    codes.set(code, {
      nonce: query.get('nonce') ?? '',
      challenge: query.get('code_challenge') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
    });
    const back = new URLSearchParams({ code, state: query.get('state') ?? '', iss: issuer });
    hostile.script.callback?.(back);
    return { status: 303, headers: { location: `${query.get('redirect_uri') ?? ''}?${back.toString()}` } };
  }

  async function token(form: URLSearchParams): Promise<Reply> {
    const presented = form.get('code') ?? form.get('refresh_token') ?? '';
    const verifier = form.get('code_verifier') ?? '';
    if (verifier !== '') secrets.push(verifier);
    const known = codes.get(presented) ?? refreshTokens.get(presented);
    const proved =
      refreshTokens.has(presented) ||
      (createHash('sha256').update(verifier).digest('base64url') === known?.challenge &&
        form.get('redirect_uri') === known.redirectUri);
    codes.delete(presented);
    refreshTokens.delete(presented);
    if (known === undefined || !proved) return { status: 400, body: { error: 'invalid_grant' } };
    const { script } = hostile;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: CLIENT_ID,
      sub: 'ada',
      name: 'Ada Lovelace',
      iat: now,
      exp: now + 300,
    };
    const wanted = (script.idToken ?? same)({ ...claims, nonce: known.nonce, jti: randomUUID() });
    const idToken = await signedBy(key, wanted, script.signature);
    secrets.push(idToken, idToken.split('.')[1] ?? '');
    const next = secret('refresh');
    refreshTokens.set(next, known);
    return (script.tokens ?? asBody)(
      {
        access_token: secret('access'),
        token_type: 'Bearer',
        expires_in: 300,
        refresh_token: next,
        id_token: idToken,
      },
      [presented, verifier, next],
    );
  }

  return hostile;
}

function metadataOf(issuer: string): Members {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256', 'none'],
    authorization_response_iss_parameter_supported: true,
  };
}

function same(members: Members): Members {
  return members;
}

function asBody(body: Members): Reply {
  return { body };
}
