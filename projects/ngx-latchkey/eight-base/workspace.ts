import { type Json, type WireRequest, authError, secureUrl } from 'ngx-latchkey/core';
import type { EightBaseWorkspace } from './eight-base-options';

/** The one endpoint of a workspace. */
export interface Workspace {
  readonly endpoint: string;
  /** @param token left out where 8base refuses a header with an old one */
  ask(query: string, variables?: Json, token?: string): WireRequest;
}

/** @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-path` */
export function workspaceAt({
  url = 'https://api.8base.com',
  workspaceId,
  environment,
}: EightBaseWorkspace): Workspace {
  secureUrl(url);
  const name = environment === undefined ? workspaceId : `${workspaceId}_${environment}`;
  if (!/^[\w-]+$/.test(name)) throw authError('misconfigured', 'invalid-path', name);
  const endpoint = `${url.replace(/\/+$/, '')}/${name}`;
  return {
    endpoint,
    ask: (query, variables, token) => ({
      url: endpoint,
      method: 'POST',
      headers: {
        workspace: workspaceId,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      json: { query, ...(variables !== undefined && { variables }) },
    }),
  };
}
