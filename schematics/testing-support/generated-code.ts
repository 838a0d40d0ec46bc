import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import eslint from '@eslint/js';
import { build } from 'esbuild';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import * as ts from 'typescript';
import tseslint from 'typescript-eslint';

/** What tests look at of the library's own browser and server for tests, `EngineWorld`. */
export interface World {
  readonly clock: { advance(milliseconds: number): Promise<void> };
  readonly server: {
    readonly requests: readonly {
      readonly url: string;
      readonly json?: unknown;
      readonly headers?: object;
    }[];
    willReply(...answers: readonly object[]): void;
  };
  tab(provider: object): { readonly phase: string; readonly engine: Engine };
}

interface Engine {
  settled(): Promise<void>;
  signIn(input: object): Promise<unknown>;
  token(): Promise<{ readonly held: { readonly token: string; readonly user?: object } } | null>;
  end(reason: 'user'): Promise<void>;
}

type Factories = Readonly<Record<string, (options: object) => object>>;

const FOLDER = join('dist', 'generated-code');

/** What a test of the generated code came to. */
export interface Outcome {
  readonly name: string;
  readonly failure?: string;
}

/** Files as a schematic has written them, beside the sources of the library that they import. */
export class GeneratedCode {
  private readonly files: Readonly<Record<string, string>>;
  private readonly paths: readonly string[];

  constructor(files: Readonly<Record<string, string>>) {
    this.files = files;
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
      Object.entries(this.files).map(([filePath, text]) =>
        linter.lintText(text, { filePath: filePath.slice(1) }),
      ),
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

  /** Runs a spec with nothing but `describe` and `it`, which is what Jasmine and Vitest have in common. */
  async run(spec: string): Promise<readonly Outcome[]> {
    const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];
    await this.load(`import './${join(FOLDER, spec)}';`, {
      describe: (_name: string, declare: () => void) => declare(),
      it: (name: string, body: () => Promise<void>) => tests.push({ name, body }),
    });
    return Promise.all(
      tests.map(({ name, body }) =>
        body().then(
          () => ({ name }),
          (error: unknown) => ({ name, failure: String(error) }),
        ),
      ),
    );
  }

  /** The code as it is when it runs, with a browser and a server that tests rule. */
  async inBrowser(file: string): Promise<{ readonly world: World; readonly code: Factories }> {
    const { EngineWorld, ...code } = (await this.load(`
      export { EngineWorld } from './projects/ngx-latchkey/testing-support/engine-world';
      export * from './${join(FOLDER, file)}';
    `)) as Factories & { readonly EngineWorld: new () => World };
    return { world: new EngineWorld(), code };
  }

  private async load(contents: string, globals: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'loaded',
      logLevel: 'silent',
    });
    const run = compileFunction(`${outputFiles[0]?.text ?? ''};return loaded;`, Object.keys(globals)) as (
      ...given: readonly unknown[]
    ) => unknown;
    return run(...Object.values(globals));
  }
}
