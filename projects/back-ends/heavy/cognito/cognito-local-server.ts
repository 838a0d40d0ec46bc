import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { CognitoServer } from '../../cognito/cognito-behaviour';
import { installOnDemand } from '../install-on-demand';

const VERSION = '5.3.0';
const SCRIPT = 'node_modules/cognito-local/lib/bin/start.js';
const PASSWORD = 'Correct-horse-1';
const CODE = '123456';

/** The server's script, installed if need be; `null` where it cannot be had. */
export function cognitoLocal(): string | null {
  return installOnDemand('cognito', `cognito-local@${VERSION}`, SCRIPT);
}

/** Starts cognito-local on a free port of loopback, with a pool, an app client and three accounts. */
export async function startCognitoLocal(script: string): Promise<CognitoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-local-'));
  const server = spawn(process.execPath, [script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', CODE },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise(resolve => server.once('exit', resolve));
  const close = async (): Promise<void> => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressIn(server.stdout);
    const pool = await newPool(address);
    return { ...pool, address, password: PASSWORD, username, code: () => Promise.resolve(CODE), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** It says in its log where it listens. */
function addressIn(output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    output.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const [, port] = /running on http:\/\/\S*?:(\d+)/.exec(log) ?? [];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    output.once('end', () => {
      reject(new Error(`cognito-local did not start: ${log}`));
    });
  });
}

function username(name: string): string {
  return `${name}@example.test`;
}

/** A pool whose users sign in by e-mail, with an app client. */
async function newPool(address: string): Promise<{ readonly userPoolId: string; readonly clientId: string }> {
  const ask = (operation: string, json: object): Promise<unknown> => perform(address, operation, json);
  const attributes = { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'] };
  const pool = (await ask('CreateUserPool', { PoolName: 'heavy', ...attributes })) as {
    readonly UserPool: { readonly Id: string };
  };
  const UserPoolId = pool.UserPool.Id;
  const client = (await ask('CreateUserPoolClient', { UserPoolId, ClientName: 'heavy' })) as {
    readonly UserPoolClient: { readonly ClientId: string };
  };
  const { ClientId } = client.UserPoolClient;
  const ada = username('ada');
  for (const Username of [ada, username('nora')]) {
    await ask('AdminCreateUser', {
      UserPoolId,
      Username,
      TemporaryPassword: PASSWORD,
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [
        { Name: 'email', Value: Username },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
  }
  await ask('AdminSetUserPassword', { UserPoolId, Username: ada, Password: PASSWORD, Permanent: true });
  for (const GroupName of ['admins', 'editors']) {
    await ask('CreateGroup', { UserPoolId, GroupName });
    await ask('AdminAddUserToGroup', { UserPoolId, GroupName, Username: ada });
  }
  await ask('SignUp', { ClientId, Username: username('una'), Password: PASSWORD, UserAttributes: [] });
  return { userPoolId: UserPoolId, clientId: ClientId };
}

async function perform(address: string, operation: string, json: object): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(json),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
