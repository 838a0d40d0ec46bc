import type { EightBaseWorkspace } from './eight-base-options';

/** What `connection_init` of a subscription carries. */
export interface EightBaseConnection {
  readonly token: string;
  readonly workspaceId: string;
  readonly environmentName: string;
}

/**
 * The `connection_init` payload of subscriptions at `wss://ws.8base.com` (the protocol of subscriptions-transport-ws, without a
 * sub-protocol), made from the token of the moment.
 *
 * @example const payload = eightBaseConnection({ workspaceId: 'ck…' }); // payload(token) on each connect
 */
export function eightBaseConnection({
  workspaceId,
  environment = 'Master',
}: EightBaseWorkspace): (token: string) => EightBaseConnection {
  return token => ({ token, workspaceId, environmentName: environment });
}
