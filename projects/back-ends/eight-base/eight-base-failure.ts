import { GraphQLError } from 'graphql';

/** An error as 8base has them: a code, and details by field. A plugin lifts both to the top level of the answer. */
export class EightBaseFailure extends GraphQLError {
  constructor(code: string, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message, { extensions: { code, details } });
  }
}
