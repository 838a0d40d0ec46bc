import { Kind, type FieldNode, parse } from 'graphql';
import type { Document } from './collections';

/** The one field of a query: `subscription { notes(where: { list: "a" }, skipInitial: true) @mongo { type payload } }`. */
export interface LiveQuery {
  readonly database: string;
  readonly collection: string;
  readonly where: Document;
  readonly skipInitial: boolean;
}

/** @throws Error where it is not of that form */
export function readQuery(source: string): LiveQuery {
  const [definition] = parse(source).definitions;
  const field =
    definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections[0] : undefined;
  if (field?.kind !== Kind.FIELD) throw new Error('error in selection set of schema');
  return {
    database: field.directives?.[0]?.name.value ?? '',
    collection: field.name.value,
    where: objectArgument(field, 'where'),
    skipInitial:
      field.arguments?.some(
        ({ name, value }) => name.value === 'skipInitial' && value.kind === Kind.BOOLEAN && value.value,
      ) ?? false,
  };
}

function objectArgument(field: FieldNode, name: string): Document {
  const value = field.arguments?.find(argument => argument.name.value === name)?.value;
  if (value?.kind !== Kind.OBJECT) return {};
  return Object.fromEntries(
    value.fields.map(({ name, value }) => [name.value, 'value' in value ? value.value : undefined]),
  );
}
