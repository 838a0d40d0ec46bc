/** Plain data, so that it can be stored, sent to a worker and compared. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object whose members nobody has vouched for yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members: no array and not `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member at a dotted path (`'data.user.roles'`); `undefined` wherever the path leaves the data. */
export function memberAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) => (isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined),
      value,
    );
}
