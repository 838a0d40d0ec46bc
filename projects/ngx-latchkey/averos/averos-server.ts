import { type Json, type WireRequest, authError, secureUrl } from 'ngx-latchkey/core';
import type { AverosOptions } from './averos-options';

/** Where an Averos server is, and how it is asked: always with cookies, because one of them renews the session. */
export interface AverosServer {
  readonly origin: string;
  readonly base: string;
  /** The service for signing in and accounts. */
  readonly auth: string;
  /** The service for profiles. */
  readonly users: string;
  get(url: string, token?: string): WireRequest;
  post(url: string, json: Json, token?: string): WireRequest;
}

/** @throws AuthError `invalid-url-rule`, `insecure-url`, `invalid-path` */
export function averosServer({ url, paths = {} }: AverosOptions): AverosServer {
  const { origin } = secureUrl(url);
  const base = url.replace(/\/+$/, '');
  const at = (path: string): string => {
    if (!/^(\/[\w.~-]+)+\/?$/.test(path)) throw authError('misconfigured', 'invalid-path', path);
    return base + path.replace(/\/$/, '');
  };
  const authorized = (token?: string): Pick<WireRequest, 'headers' | 'credentials'> => ({
    credentials: 'include',
    ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
  });
  return {
    origin,
    base,
    auth: at(paths.auth ?? '/auth'),
    users: at(paths.users ?? '/uapi/users'),
    get: (address, token) => ({ url: address, method: 'GET', ...authorized(token) }),
    post: (address, json, token) => ({ url: address, method: 'POST', json, ...authorized(token) }),
  };
}
