import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { doubleOperations } from './double-operations';
import { type TokenRules, doubleTokens } from './double-tokens';
import { CODE, type DoubleUser, PASSWORD, firstUsers } from './double-users';
import type { CognitoError } from './double-wire';

/** A Cognito user pool that is nothing but this process. */
export interface CognitoDouble {
  readonly address: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The password of all accounts. */
  readonly password: string;
  username(name: string): string;
  code(): Promise<string>;
  readonly users: Map<string, DoubleUser>;
  /** The operations that were asked for, in order. */
  readonly asked: readonly string[];
  /** Answers the next request for an operation so, whatever it asks. */
  fail(operation: string, status: number, type: string, message?: string): void;
  /** Ends every session of a user, as an administrator can. */
  revokeAll(username: string): void;
  close(): Promise<void>;
}

const TARGET = 'AWSCognitoIdentityProviderService.';
const HEADERS = {
  'Content-Type': 'application/x-amz-json-1.1',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};
const PREFLIGHT = {
  ...HEADERS,
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'content-type,x-amz-target,x-amz-user-agent',
};

/**
 * Starts the double on loopback: password and SRP sign-in, challenges, renewal with and without rotation, and what belongs to it.
 *
 * @param port 0 for a free one
 */
export async function startCognitoDouble(
  rules: Partial<TokenRules> & { readonly port?: number } = {},
): Promise<CognitoDouble> {
  const userPoolId = 'eu-west-1_Double123';
  const clientId = '1doubleclient2345';
  const users = firstUsers();
  const asked: string[] = [];
  const failures = new Map<string, readonly [number, CognitoError]>();
  const tokens = doubleTokens({
    userPoolId,
    clientId,
    tokenLife: 3600,
    rotation: false,
    gracePeriod: 0,
    ...rules,
  });
  const operations = doubleOperations(userPoolId, clientId, users, tokens);

  function answer(target: string, contentType: string, body: string): readonly [number, object | undefined] {
    const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
    const operation = operations[name];
    if (contentType !== 'application/x-amz-json-1.1' || operation === undefined) {
      return [400, { __type: 'UnknownOperationException' }];
    }
    asked.push(name);
    const failure = failures.get(name);
    if (failures.delete(name) && failure) return failure;
    const result = operation(JSON.parse(body) as never);
    return ['__type' in result ? 400 : 200, result];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/') {
        response.writeHead(request.method === 'OPTIONS' ? 200 : 404, PREFLIGHT).end();
        return;
      }
      const { 'x-amz-target': target = '', 'content-type': type = '' } = request.headers;
      const [status, json] = answer(String(target), type, Buffer.concat(chunks).toString());
      response.writeHead(status, HEADERS).end(json === undefined ? '' : JSON.stringify(json));
    });
  });
  // SRP keeps this one process busy for seconds on a slow machine: a connection must not be cut for idleness just as it is used.
  server.keepAliveTimeout = 0;
  await new Promise<void>(resolve => server.listen(rules.port ?? 0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    userPoolId,
    clientId,
    password: PASSWORD,
    username: name => name,
    code: () => Promise.resolve(CODE),
    users,
    asked,
    fail(operation, status, type, message = 'The double was told so.') {
      failures.set(operation, [status, { __type: type, message }]);
    },
    revokeAll(username) {
      const user = users.get(username);
      if (user) tokens.revokeAll(user);
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
