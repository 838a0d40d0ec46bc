import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { asModule } from './code-shape.mjs';
import { GIVEN } from './given.mjs';

const PACKAGE = 'dist/ngx-latchkey';
const CANNOT_FIND_NAME = [2304, 2552, 2593, 18004];
const CANNOT_FIND_MODULE = 2307;
/** A spread in the place of what was left out. */
const SPREAD_OF_UNKNOWN_LENGTH = 2556;

/** What a reader imports without being told, in the order in which a name is looked for. */
const WHERE_NAMES_ARE = [
  '@angular/core',
  '@angular/common/http',
  '@angular/router',
  '@angular/forms',
  '@angular/ssr',
];

/** Holds TypeScript samples against the built library: one complaint for each thing that the compiler does not like. */
export function wrongSamples(samples) {
  const root = process.cwd();
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const entryPoints = Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([name, { types }]) => [
      join('ngx-latchkey', name).replaceAll('\\', '/'),
      join(root, PACKAGE, types),
    ]);

  const problems = [];
  const files = new Map();
  for (const sample of samples) {
    const code = asModule(sample.code);
    if (code === null) problems.push(`${sample.path}:${sample.line} is no TypeScript`);
    else files.set(join(root, 'dist', 'documentation', `${files.size}.ts`), { sample, code, head: '' });
  }

  const names = exportedNames([...WHERE_NAMES_ARE, ...entryPoints.map(([name]) => name)], entryPoints, root);
  // First without, to learn which names a sample leaves to its reader.
  for (const { file, code, text } of diagnose(files, entryPoints, root)) {
    const name = CANNOT_FIND_NAME.includes(code) ? /'([\w$]+)'/.exec(text)?.[1] : undefined;
    const entry = name && files.get(file);
    if (!entry || entry.head.includes(` ${name} `)) continue;
    if (names.has(name)) entry.head += `import { ${name} } from '${names.get(name)}';`;
    // What it calls is somebody's function, and may be one of ours that is misspelt.
    else if (name in GIVEN || !isCalled(name, entry.code))
      entry.head += `declare let ${name} : ${GIVEN[name] ?? 'any'};${/^[A-Z]/.test(name) ? `type ${name} = any;` : ''}`;
  }
  for (const { file, line, text } of diagnose(files, entryPoints, root)) {
    const { sample } = files.get(file);
    problems.push(`${sample.path}:${sample.line + line} ${text}`);
  }
  return problems;
}

function isCalled(name, code) {
  return new RegExp(`(?<![.\\w])${name}\\(`).test(code);
}

function diagnose(files, entryPoints, root) {
  const program = ts.createProgram([...files.keys()], options(entryPoints), hostOf(files, root));
  return [...files.keys()].flatMap(file =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .filter(({ code, messageText }) => {
        if (code === SPREAD_OF_UNKNOWN_LENGTH) return false;
        return code !== CANNOT_FIND_MODULE || flat(messageText).includes("'ngx-latchkey");
      })
      .map(({ code, messageText, file: source, start }) => ({
        file,
        code,
        text: flat(messageText),
        line: source.getLineAndCharacterOfPosition(start).line,
      })),
  );
}

function hostOf(files, root) {
  const host = ts.createCompilerHost({});
  const { getSourceFile, fileExists } = host;
  return {
    ...host,
    getCurrentDirectory: () => root,
    fileExists: name => files.has(name) || fileExists(name),
    getSourceFile(name, language) {
      const own = files.get(name);
      if (own === undefined) return getSourceFile.call(host, name, language);
      return ts.createSourceFile(name, `${own.head}${PRELUDE}${own.code}\nexport {};`, language, true);
    },
  };
}

const PRELUDE = `declare const leftOut: any; declare const name: string; type Component = Record<string, any> & { readonly auth: import('ngx-latchkey').AuthService };`;

function options(entryPoints) {
  return {
    strict: true,
    noImplicitAny: false,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    paths: Object.fromEntries(entryPoints.map(([name, file]) => [name, [file]])),
  };
}

/** Which of the modules exports a name; the first that has it. */
function exportedNames(modules, entryPoints, root) {
  const file = join(root, 'dist', 'documentation', 'names.ts');
  const code = modules.map((name, index) => `import * as m${index} from '${name}';`).join('\n');
  const program = ts.createProgram(
    [file],
    options(entryPoints),
    hostOf(new Map([[file, { head: '', code }]]), root),
  );
  const checker = program.getTypeChecker();
  const found = new Map();
  for (const statement of program.getSourceFile(file).statements.filter(ts.isImportDeclaration)) {
    const symbol = checker.getSymbolAtLocation(statement.moduleSpecifier);
    for (const { name } of symbol ? checker.getExportsOfModule(symbol) : []) {
      if (!found.has(name)) found.set(name, statement.moduleSpecifier.text);
    }
  }
  return found;
}

function flat(text) {
  return ts.flattenDiagnosticMessageText(text, ' ').replaceAll(/\s+/g, ' ');
}
