import type { Adapter, AdapterFactory } from 'oidc-provider';
import type { OpenIdStorage } from './openid-storage.js';

/**
 * How `oidc-provider` reaches the storage. Access tokens are JWTs, which it does not keep itself: `idOfJwt` answers the id
 * under which the one with a good signature was kept.
 */
export function openIdAdapter(
  storage: OpenIdStorage,
  idOfJwt: (token: string) => Promise<string | undefined>,
): AdapterFactory {
  return (model): Adapter => ({
    upsert: async (id, payload, lifetime = 0) => storage.put(model, id, payload, lifetime),
    find: async value => {
      const id = model === 'AccessToken' ? await idOfJwt(value) : value;
      return id === undefined ? undefined : storage.find(model, id);
    },
    findByUid: async uid => storage.findByUid(model, uid),
    findByUserCode: async () => undefined,
    consume: async id => storage.use(model, id),
    destroy: async id => storage.remove(model, id),
    revokeByGrantId: async grantId =>
      storage.removeWhere(kept => kept.model === model && kept.payload.grantId === grantId),
  });
}
