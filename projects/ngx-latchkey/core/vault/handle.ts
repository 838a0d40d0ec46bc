import { isJsonObject } from '../contract/json';

/** What a page holds in place of a secret: a name of it, worth nothing outside the vault. */
export type Handle = `vault:${string}`;

/** @param id a name that nobody else has or can guess */
export function handleOf(id: string): Handle {
  return `vault:${id}`;
}

/** The first handle anywhere in some data. */
export function findHandle(data: unknown): Handle | undefined {
  if (isHandle(data)) return data;
  for (const part of partsOf(data)) {
    const found = findHandle(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A copy of some data in which each string went through a function. */
export function mapStrings<Data>(data: Data, change: (text: string) => string): Data;
export function mapStrings(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === 'string') return change(data);
  if (Array.isArray(data)) return data.map(part => mapStrings(part as unknown, change));
  if (!isJsonObject(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, mapStrings(part, change)]));
}

function isHandle(data: unknown): data is Handle {
  return typeof data === 'string' && /^vault:[0-9a-f]{32}$/.test(data);
}

function partsOf(data: unknown): readonly unknown[] {
  return typeof data === 'object' && data !== null ? Object.values(data) : [];
}
