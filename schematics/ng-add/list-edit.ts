import * as ts from 'typescript';
import type { TextEdit } from './source-text';

/** Adds elements to an array literal or arguments to a call, in the way the list is laid out already. */
export function insertIntoList(
  source: ts.SourceFile,
  list: ts.ArrayLiteralExpression | ts.CallExpression,
  added: readonly string[],
  before?: ts.Node,
): TextEdit {
  const elements: ts.NodeArray<ts.Expression> = ts.isCallExpression(list) ? list.arguments : list.elements;
  const [first] = elements;
  const last = elements[elements.length - 1];
  if (before) {
    const start = before.getStart(source);
    const separator = isOnOwnLine(source, before) ? `,\n${indentAt(source, start)}` : ', ';
    return { start, end: start, text: added.map(element => element + separator).join('') };
  }
  if (first === undefined || last === undefined) {
    // The list keeps whatever comments stand in it.
    const end = list.getEnd() - 1;
    const inner = `${indentAt(source, list.getStart(source))}${unitOf(source)}`;
    const outer = indentAt(source, list.getStart(source));
    const blank = source.text.slice(elements.pos, end).trim() === '';
    const text = `\n${added.map(element => `${inner}${element},`).join('\n')}\n${outer}`;
    return blank ? { start: elements.pos, end, text } : { start: end, end, text };
  }
  const end = last.getEnd();
  const separator = isOnOwnLine(source, first) ? `,\n${indentAt(source, last.getStart(source))}` : ', ';
  return { start: end, end, text: added.map(element => separator + element).join('') };
}

/** The white space at the beginning of the line. */
export function indentAt(source: ts.SourceFile, position: number): string {
  const { line } = source.getLineAndCharacterOfPosition(position);
  const start = source.getPositionOfLineAndCharacter(line, 0);
  return /^[ \t]*/.exec(source.text.slice(start))?.[0] ?? '';
}

/** One step of indentation as the file uses it. */
export function unitOf(source: ts.SourceFile): string {
  return /^(\t| {2,8})\S/m.exec(source.text)?.[1] ?? '  ';
}

/** Whether only white space stands before the node on its line. */
function isOnOwnLine(source: ts.SourceFile, node: ts.Node): boolean {
  const start = node.getStart(source);
  return (
    source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '' &&
    source.text.lastIndexOf('\n', start - 1) >= 0
  );
}
