import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SchematicTestRunner, type UnitTestTree } from '@angular-devkit/schematics/testing';
import type { NgAddOptions } from '../ng-add/schema';
import type { ProviderOptions } from '../provider/schema';

const BUILT = join('dist', 'schematics-under-test');

type Given<Options> = { readonly [Name in keyof Options]?: Options[Name] | undefined };

/** A workspace with a fresh application, as the CLI makes it, and our schematic as it is shipped. */
export class FreshApplication {
  readonly messages: string[] = [];
  tree: UnitTestTree;
  private readonly runner: SchematicTestRunner;

  private constructor(runner: SchematicTestRunner, tree: UnitTestTree) {
    this.runner = runner;
    this.tree = tree;
    runner.logger.subscribe(({ message }) => this.messages.push(message));
  }

  static build(): void {
    execFileSync('node', ['scripts/build-schematics.mjs', BUILT]);
  }

  static async create(options: Record<string, unknown> = {}): Promise<FreshApplication> {
    const runner = new SchematicTestRunner('ngx-latchkey', join(process.cwd(), BUILT, 'collection.json'));
    const workspace = await runner.runExternalSchematic('@schematics/angular', 'workspace', {
      name: 'workspace',
      version: '21.0.0',
      newProjectRoot: 'projects',
    });
    const fresh = new FreshApplication(runner, workspace);
    await fresh.generate('application', { name: 'shop', projectRoot: '', skipInstall: true, ...options });
    fresh.messages.length = 0;
    return fresh;
  }

  async generate(schematic: string, options: Record<string, unknown>): Promise<void> {
    this.tree = await this.runner.runExternalSchematic('@schematics/angular', schematic, options, this.tree);
  }

  /** @param options `kind: undefined` has the schematic find out */
  async ngAdd(options: Given<NgAddOptions> = {}): Promise<void> {
    const all: Given<NgAddOptions> = { kind: 'jwt', url: 'http://localhost:3333', ...options };
    this.tree = await this.runner.runSchematic('ng-add', { ...all }, this.tree);
  }

  async ngGenerateProvider(options: ProviderOptions): Promise<void> {
    this.tree = await this.runner.runSchematic('provider', { ...options }, this.tree);
  }

  read(path: string): string {
    return this.tree.readText(path);
  }

  write(path: string, text: string): void {
    if (this.tree.exists(path)) this.tree.overwrite(path, text);
    else this.tree.create(path, text);
  }

  /** Changes a file as a user might have before. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${String(from)} does not stand in ${path}:\n${before}`);
    this.write(path, after);
  }

  /** All files with what is in them. */
  snapshot(): Record<string, string> {
    return Object.fromEntries(
      this.tree.files.map(file => [file, this.tree.read(file)?.toString('base64') ?? '']),
    );
  }
}
