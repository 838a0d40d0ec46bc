import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { textOf } from './parameter.js';

/** The grant of this browser session for a client, which is given everything it asks for: all clients are this server's own. */
export async function grantToOwnClient({
  oidc,
}: KoaContextWithOIDC): Promise<InstanceType<typeof Grant> | undefined> {
  const { client, account, session, provider, params, resourceServers } = oidc;
  if (client === undefined || account === undefined) return undefined;
  const known = session?.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  const { clientId } = client;
  const grant = found ?? new provider.Grant({ clientId, accountId: account.accountId });
  const scope = textOf(params?.['scope']);
  grant.addOIDCScope(scope);
  for (const resource of Object.keys(resourceServers ?? {})) grant.addResourceScope(resource, scope);
  await grant.save();
  return grant;
}
