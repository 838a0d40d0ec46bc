import { getNodeValue, type Node } from 'jsonc-parser';
import { nearest, pathTo, type Problem } from './json-problems.js';

/** Reads a value out of a syntax tree, or reports what is wrong with it and answers undefined. */
export type Reader<T> = (node: Node, report: Report) => T | undefined;
export type Report = (problem: Problem) => void;

interface Field<T, Required extends boolean> {
  readonly read: Reader<T>;
  readonly required: Required;
}
type Fields = Readonly<Record<string, Field<unknown, boolean>>>;
type ReadFields<F extends Fields> = {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: ValueOf<F[K]>;
} & { readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: ValueOf<F[K]> };
type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;

export function required<T>(read: Reader<T>): Field<T, true> {
  return { read, required: true };
}

export function optional<T>(read: Reader<T>): Field<T, false> {
  return { read, required: false };
}

/** An object with exactly these fields. */
export function object<F extends Fields>(fields: F): Reader<ReadFields<F>> {
  return (node, report) => {
    if (node.type !== 'object') {
      refuse(node, report, 'an object');
      return;
    }
    const found: Record<string, unknown> = {};
    for (const { key, keyNode, value } of members(node)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field === undefined) report(unknownKey(keyNode, key, Object.keys(fields)));
      else if (Object.hasOwn(found, key)) report(at(keyNode, `${JSON.stringify(key)} is given twice.`));
      else found[key] = value === undefined ? undefined : field.read(value, report);
    }
    const needed = Object.keys(fields).filter(key => fields[key]?.required === true);
    for (const key of needed.filter(name => !Object.hasOwn(found, name))) {
      report(at(node, `${JSON.stringify(key)} is missing${inside(node)}.`));
    }
    if (needed.some(key => found[key] === undefined)) return undefined;
    return found as ReadFields<F>;
  };
}

export function array<T>(read: Reader<T>): Reader<readonly T[]> {
  return (node, report) => {
    if (node.type !== 'array') {
      refuse(node, report, 'a list');
      return;
    }
    return (node.children ?? []).flatMap(child => {
      const item = read(child, report);
      return item === undefined ? [] : [item];
    });
  };
}

export function record<T>(
  read: Reader<T>,
  refusedKeys: readonly string[] = [],
): Reader<Readonly<Record<string, T>>> {
  return (node, report) => {
    if (node.type !== 'object') {
      refuse(node, report, 'an object');
      return;
    }
    const entries = members(node).flatMap(({ key, keyNode, value }) => {
      if (refusedKeys.includes(key))
        report(at(keyNode, `${JSON.stringify(key)} is set by the server itself.`));
      const item = value === undefined ? undefined : read(value, report);
      return item === undefined ? [] : [[key, item] as const];
    });
    return Object.fromEntries(entries);
  };
}

/** A value that passes a test; `expected` ends the sentence "… must be". */
export function value<T>(accepts: (value: unknown) => value is T, expected: string): Reader<T> {
  return (node, report) => {
    const found: unknown = getNodeValue(node);
    if (accepts(found)) return found;
    refuse(node, report, expected);
    return undefined;
  };
}

/** The first reader that takes the value without a complaint; otherwise one complaint about it all. */
export function either<T>(readers: readonly Reader<T>[], expected: string): Reader<T> {
  return (node, report) => {
    for (const read of readers) {
      let complaints = 0;
      const found = read(node, () => complaints++);
      if (complaints === 0 && found !== undefined) return found;
    }
    refuse(node, report, expected);
    return undefined;
  };
}

export function text(expected = 'a text', fits: (text: string) => boolean = () => true): Reader<string> {
  return value((found): found is string => typeof found === 'string' && fits(found), expected);
}

export function integer(min: number, max: number): Reader<number> {
  const expected = `a whole number from ${min} to ${max}`;
  return value(
    (found): found is number => Number.isInteger(found) && Number(found) >= min && Number(found) <= max,
    expected,
  );
}

export function boolean(): Reader<boolean> {
  return value((found): found is boolean => typeof found === 'boolean', 'true or false');
}

export function oneOf<const T extends string>(choices: readonly T[]): Reader<T> {
  const expected = `one of ${choices.map(choice => JSON.stringify(choice)).join(', ')}`;
  return value((found): found is T => choices.some(choice => choice === found), expected);
}

export function at(node: Node, sentence: string): Problem {
  return { offset: node.offset, sentence };
}

function refuse(node: Node, report: Report, expected: string): undefined {
  report(at(node, `${pathTo(node) || 'The file'} must be ${expected}.`));
  return undefined;
}

function unknownKey(keyNode: Node, key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  const hint =
    near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${JSON.stringify(near)}?`;
  return at(keyNode, `${JSON.stringify(key)} is not known here. ${hint}`);
}

function members(node: Node): { key: string; keyNode: Node; value: Node | undefined }[] {
  return (node.children ?? []).flatMap(property => {
    const [keyNode, valueNode] = property.children ?? [];
    return keyNode === undefined ? [] : [{ key: String(keyNode.value), keyNode, value: valueNode }];
  });
}

function inside(node: Node): string {
  const path = pathTo(node);
  return path === '' ? '' : ` in ${path}`;
}
