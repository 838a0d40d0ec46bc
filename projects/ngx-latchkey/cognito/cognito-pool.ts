import type { AuthHttp, Json, Refusal, WireAnswer, WireRequest } from 'ngx-latchkey/core';
import type { CognitoOptions } from './cognito-options';

/** A user pool, as one of its app clients sees it. */
export interface CognitoPool {
  readonly options: CognitoOptions;
  /** The request for an operation. None that an app may ask for is signed. */
  request(operation: string, json: Json): WireRequest;
  /** Asks for an operation. */
  ask<Output>(
    http: AuthHttp,
    operation: string,
    json: Json,
    read: (answer: WireAnswer) => Output | Refusal,
  ): Promise<Output>;
}

/** All operations go to one URL; a header says which is meant. */
export function cognitoPool(url: string, options: CognitoOptions): CognitoPool {
  const request: CognitoPool['request'] = (operation, json) => ({
    url,
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    json,
  });
  return {
    options,
    request,
    ask: (http, operation, json, read) => http.send({ request: () => request(operation, json), read }, json),
  };
}
