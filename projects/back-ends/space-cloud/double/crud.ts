import type { FastifyInstance } from 'fastify';
import type { Document } from './collections';
import { bearer, fail } from './http-answers';
import type { Project } from './project';
import { admit } from './rules';

interface CrudBody {
  readonly doc?: Document;
  readonly find?: Document;
  readonly update?: { readonly $set?: Document };
}

/** The documents by REST. */
export function crud(app: FastifyInstance, { id, database, rules, tokens, collections }: Project): void {
  app.post<{ Params: { collection: string; operation: string }; Body: CrudBody | null }>(
    `/v1/api/${id}/crud/${database}/:collection/:operation`,
    async (request, reply) => {
      const { collection, operation } = request.params;
      try {
        await admit(rules[collection], bearer(request), tokens);
      } catch (error) {
        return fail(reply, 403, error);
      }
      const { doc = {}, find = {}, update } = request.body ?? {};
      if (operation === 'read') return { result: collections.find(collection, find) };
      if (operation === 'create') collections.insert(collection, doc);
      if (operation === 'update') collections.update(collection, find, update?.$set ?? {});
      if (operation === 'delete') collections.remove(collection, find);
      return {};
    },
  );
}
