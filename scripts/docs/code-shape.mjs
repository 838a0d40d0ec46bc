import ts from 'typescript';

// A sample is seldom a whole file: it is statements, members of a class or entries of an array, in pieces with an empty line between them.

/** What stands for `…`, which says that something was left out. */
const LEFT_OUT = 'leftOut';

const SHAPES = [
  { before: '', after: '' },
  { before: 'export class Sample {', after: '}' },
  { before: 'export const sample = [', after: '];' },
];

/** The sample as a module of its own, or null where it is no TypeScript. The lines keep their numbers. */
export function asModule(code) {
  const whole = withoutEllipses(code);
  return (
    shaped(whole) ??
    joined(
      whole
        .split(/\n(?=\n)/)
        .map((piece, index) =>
          shaped(piece)?.replaceAll(/\b(export (?:class|const) [Ss]ample)\b/g, `$1${index}`),
        ),
    )
  );
}

function joined(pieces) {
  return pieces.includes(undefined) ? null : pieces.join('\n');
}

/** The piece in the first shape that it parses in. */
function shaped(piece) {
  if (/^\s*$/.test(piece)) return piece;
  if (/\bthis\./.test(piece) && !/\bclass\b/.test(piece) && parses(piece)) return inMethod(piece);
  const shape = SHAPES.find(({ before, after }) => parses(`${before}${piece}\n${after}`));
  return shape && `${shape.before}${piece}${shape.after === '' ? '' : `\n${shape.after}`}`;
}

/** Statements that say `this` are taken out of a component; what it imports stands before it. */
function inMethod(piece) {
  const [imports] = /^(?:\s*import .*\n)*/.exec(piece);
  return `${imports}void (async function (this: Component) {${piece.slice(imports.length)}\n});`;
}

function parses(code) {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { reportDiagnostics: true, compilerOptions }).diagnostics.length === 0;
}

/** `f(…)`, `{ a, … }` and `[…]` are spread, `x => …` and `a: …` become a value. */
function withoutEllipses(code) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  let result = '';
  let from = 0;
  let before = ts.SyntaxKind.Unknown;
  // The scanner alone does not know where `${…}` ends.
  const open = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.TemplateHead) open.push(true);
    if (kind === ts.SyntaxKind.OpenBraceToken) open.push(false);
    if (kind === ts.SyntaxKind.CloseBraceToken && open.at(-1)) kind = scanner.reScanTemplateToken(false);
    if (kind === ts.SyntaxKind.CloseBraceToken || kind === ts.SyntaxKind.TemplateTail) open.pop();
    if (scanner.getTokenText() === '…') {
      const isValue = [
        ts.SyntaxKind.EqualsGreaterThanToken,
        ts.SyntaxKind.ColonToken,
        ts.SyntaxKind.EqualsToken,
      ].includes(before);
      result += `${code.slice(from, scanner.getTokenStart())}${isValue ? '' : '...'}${LEFT_OUT}`;
      from = scanner.getTokenEnd();
    }
    before = kind;
  }
  return result + code.slice(from);
}
