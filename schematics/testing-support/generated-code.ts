import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import eslint from '@eslint/js';
import { build } from 'esbuild';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import * as ts from 'typescript';
import tseslint from 'typescript-eslint';

const FOLDER = join('dist', 'generated-code');

/** What a test of the generated code came to. */
export interface Outcome {
  readonly name: string;
  readonly failure?: string;
}

/** Files as a schematic has written them, beside the sources of the library that they import. */
export class GeneratedCode {
  private readonly paths: readonly string[];

  constructor(private readonly files: Readonly<Record<string, string>>) {
    this.paths = Object.keys(files).map(file => join(FOLDER, file));
    rmSync(FOLDER, { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(FOLDER, file)), { recursive: true });
      writeFileSync(join(FOLDER, file), text);
    }
  }

  /** What TypeScript finds wrong, with our own options: they are those of a new application, and stricter. */
  typeErrors(): readonly string[] {
    const { config } = ts.readConfigFile('tsconfig.json', path => ts.sys.readFile(path)) as {
      config: object;
    };
    const { options } = ts.parseJsonConfigFileContent(
      { ...config, files: this.paths },
      ts.sys,
      process.cwd(),
    );
    const program = ts.createProgram(this.paths, { ...options, noEmit: true, types: ['jasmine'] });
    return ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      );
  }

  /** What the rules of a new application that lints find wrong. */
  async lintProblems(): Promise<readonly string[]> {
    const linter = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [
        eslint.configs.recommended,
        ...tseslint.configs.recommended,
        ...tseslint.configs.stylistic,
      ].map(config => ({ ...config, files: ['**/*.ts'] })) as ESLint.Options['overrideConfig'] & object,
    });
    const results = await Promise.all(
      Object.entries(this.files).map(([filePath, text]) => linter.lintText(text, { filePath })),
    );
    return results
      .flat()
      .flatMap(({ filePath, messages }) =>
        messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
      );
  }

  /** Which files a new application's Prettier would lay out in another way. */
  async notFormatted(): Promise<readonly string[]> {
    const settings = { parser: 'typescript', printWidth: 100, singleQuote: true } as const;
    const checked = await Promise.all(
      Object.entries(this.files).map(async ([file, text]) =>
        (await prettier.check(text, settings)) ? [] : [file],
      ),
    );
    return checked.flat();
  }

  /** Runs a spec with nothing but `describe` and `it`, which is all that Jasmine and Vitest have to have in common. */
  async run(spec: string): Promise<readonly Outcome[]> {
    const { outputFiles } = await build({
      entryPoints: [join(FOLDER, spec)],
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'silent',
    });
    const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];
    const it = (name: string, body: () => Promise<void>): unknown => tests.push({ name, body });
    const describe = (_name: string, declare: () => void): void => declare();
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is our own text, as a test runner would load it
    new Function('describe', 'it', outputFiles[0]?.text ?? '')(describe, it);
    return Promise.all(
      tests.map(({ name, body }) =>
        body().then(
          () => ({ name }),
          (error: unknown) => ({ name, failure: String(error) }),
        ),
      ),
    );
  }
}
