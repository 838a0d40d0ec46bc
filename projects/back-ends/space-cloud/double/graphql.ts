import type { FastifyInstance } from 'fastify';
import { bearer } from './http-answers';
import { readQuery } from './live-query';
import type { Project } from './project';
import { admit } from './rules';

/** Queries by GraphQL: 200 whatever happens. */
export function graphql(app: FastifyInstance, { id, database, rules, tokens, collections }: Project): void {
  app.post<{ Body: { query?: string } | null }>(`/v1/api/${id}/graphql`, async request => {
    try {
      const query = readQuery(request.body?.query ?? '');
      if (query.database !== database) throw new Error('incorrect query type');
      await admit(rules[query.collection], bearer(request), tokens);
      return { data: { [query.collection]: collections.find(query.collection, query.where) } };
    } catch (error) {
      return { errors: [{ message: error instanceof Error ? error.message : String(error) }] };
    }
  });
}
