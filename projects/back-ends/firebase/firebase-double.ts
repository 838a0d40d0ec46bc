import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  administer,
  deleteAccount,
  lookup,
  resetPassword,
  sendOobCode,
  update,
} from './double/account-methods';
import { type Project, type SigningKey, accountByEmail, newProject } from './double/accounts';
import { ApiFailure } from './double/api-failure';
import {
  type Body,
  signInWithCustomToken,
  signInWithEmailLink,
  signInWithIdp,
  signInWithPassword,
  signUp,
} from './double/sign-in';
import { renew } from './double/tokens';
import type { RunningFirebase } from './running-firebase';

/** The double, and what the emulator has no way to be told. */
export interface FirebaseDouble extends RunningFirebase {
  /** Has the account ask for a second factor. */
  wantsSecondFactor(email: string): void;
}

const METHODS: Readonly<Record<string, (project: Project, body: Body, address: string) => object>> = {
  signUp,
  signInWithPassword,
  signInWithCustomToken,
  signInWithIdp,
  signInWithEmailLink,
  lookup,
  update,
  sendOobCode,
  resetPassword,
  delete: deleteAccount,
};

/** Options of {@link startFirebaseDouble}. */
export interface FirebaseDoubleOptions {
  readonly projectId?: string;
  /** Seconds that ID tokens live. */
  readonly life?: number;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: nobody signs the ID tokens, as with the emulator. */
  readonly key?: SigningKey;
}

/** A small Firebase Auth that answers at the emulator's paths, with its helpers and its tokens, which have no signature unless there is a key. */
export async function startFirebaseDouble({
  projectId = 'demo-test',
  life = 3600,
  port = 0,
  key,
}: FirebaseDoubleOptions = {}): Promise<FirebaseDouble> {
  const project = newProject(projectId, life, key);
  const server = createServer((request, response) => void serve(project, address, request, response));
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    address,
    projectId,
    wantsSecondFactor(email) {
      const account = accountByEmail(project, email);
      if (account) account.secondFactor = true;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  project: Project,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
  response.setHeader('Access-Control-Allow-Methods', '*');
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const [status, json] = await answerTo(project, address, request);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
}

async function answerTo(
  project: Project,
  address: string,
  request: IncomingMessage,
): Promise<readonly [number, object]> {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', address);
    const body = await bodyOf(request);
    const owner = request.headers.authorization === 'Bearer owner';
    const helper = helpers(project, request.method ?? '', pathname, body, owner);
    if (helper !== undefined) return [200, helper];
    if (!searchParams.get('key') && !owner) {
      throw new ApiFailure('The request is missing a valid API key.', 403);
    }
    if (pathname === '/securetoken.googleapis.com/v1/token') {
      return [200, renew(project, String(body['refresh_token']))];
    }
    const name = /^\/identitytoolkit\.googleapis\.com\/v1\/accounts:(\w+)$/.exec(pathname)?.[1] ?? '';
    const method = METHODS[name];
    if (method === undefined) throw new ApiFailure('Not Found', 404);
    return [200, method(project, body, address)];
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(String(error), 500);
    return [failure.status, failure.json];
  }
}

/** What tests do to the emulator beside its API. */
function helpers(
  project: Project,
  method: string,
  path: string,
  body: Body,
  owner: boolean,
): object | undefined {
  const emulator = `/emulator/v1/projects/${project.id}`;
  if (method === 'GET' && path === `${emulator}/oobCodes`) return { oobCodes: project.codes };
  if (method === 'DELETE' && path === `${emulator}/accounts`) {
    project.accounts.clear();
    return {};
  }
  const identity = '/identitytoolkit.googleapis.com';
  if (!owner) return undefined;
  if (method === 'PATCH' && path === `${identity}/v2/projects/${project.id}/config`) {
    const { emailPrivacyConfig } = body as {
      readonly emailPrivacyConfig?: { readonly enableImprovedEmailPrivacy?: boolean };
    };
    project.protectsEmails = emailPrivacyConfig?.enableImprovedEmailPrivacy ?? false;
    return body;
  }
  return path === `${identity}/v1/projects/${project.id}/accounts:update`
    ? administer(project, body)
    : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  if (request.headers['content-type']?.includes('form')) return Object.fromEntries(new URLSearchParams(text));
  return text === '' ? {} : (JSON.parse(text) as Body);
}
