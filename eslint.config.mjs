import eslint from '@eslint/js';
import angular from 'angular-eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What a room of the library may import: arrows go one way. */
function mayNotImport(files, group, message) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] } };
}

const BEYOND_CORE = ['@angular/*', 'rxjs', 'rxjs/*', 'ngx-latchkey', 'ngx-latchkey/*', '**/src/*'];
const PROVIDERS = [
  'averos',
  'clerk',
  'cognito',
  'eight-base',
  'feathers',
  'firebase',
  'oidc',
  'oidc-signature',
  'space-cloud',
  'src/jwt-server',
];

export default defineConfig(
  {
    ignores: ['**/dist/', '**/node_modules/', '.angular/', '**/test-results/', '**/*.template', '.latchkey/'],
  },
  {
    files: ['**/*.ts'],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A handler may be async for its callers' sake, and a number in a sentence is no mistake.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Providers and ports are plain objects: their methods do not depend on `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `Exchange<Held, void>`: an answer that has nothing to tell.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Angular hands injectors out by abstract classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['projects/ngx-latchkey/**/*.ts', 'projects/demo/**/*.ts', 'benchmarks/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
  },
  {
    // What they import is installed by "npm run peers" only, and their types are checked by their builds.
    files: ['benchmarks/peers/apps/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['projects/demo/**/*.html', 'projects/ngx-latchkey/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [eslint.configs.recommended],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        AbortSignal: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['**/*.spec.ts', '**/testing-support/**'],
    rules: { '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    files: ['projects/back-ends/**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.callee.property.name='clock'][callee.property.name='install']",
          message: 'Use installFakeClock(): connections of fetch have to be able to clear their timers.',
        },
      ],
    },
  },
  // The last rule that fits a file is the only one that holds, so that each room has a whole list.
  mayNotImport(
    ['projects/ngx-latchkey/core/**/*.ts', 'projects/ngx-latchkey/vault-worker/**/*.ts'],
    BEYOND_CORE,
    'The core knows no Angular.',
  ),
  mayNotImport(
    ['projects/ngx-latchkey/core/browser/**/*.ts'],
    [...BEYOND_CORE, '**/vault/*', '**/redirect/*'],
    'The ports know neither the vault nor the redirect.',
  ),
  mayNotImport(
    ['projects/ngx-latchkey/core/contract/**/*.ts'],
    [...BEYOND_CORE, '**/session/*', '**/browser/*', '**/vault/*', '**/redirect/*'],
    'The contract knows neither the engine nor the browser.',
  ),
  mayNotImport(
    ['projects/ngx-latchkey/core/session/**/*.ts'],
    [...BEYOND_CORE, '**/browser/*', '**/vault/*', '**/redirect/*'],
    'The engine gets the browser through its ports.',
  ),
  mayNotImport(
    ['projects/ngx-latchkey/src/**/*.ts'],
    ['**/core/*/*', 'ngx-latchkey/*', '!ngx-latchkey/core'],
    'Other entry points are imported by their names, and of them only the core.',
  ),
  mayNotImport(
    ['projects/ngx-latchkey/realtime/**/*.ts'],
    ['../**'],
    'The token beyond HttpClient goes over the public surface.',
  ),
  mayNotImport(
    [...PROVIDERS, 'testing'].map(name => `projects/ngx-latchkey/${name}/**/*.ts`),
    ['@angular/*', 'rxjs', 'rxjs/*', 'ngx-latchkey/*', '!ngx-latchkey/core', '../**'],
    'A provider knows the contract only.',
  ),
  {
    files: ['**/*.spec.ts', '**/testing-support/**'],
    rules: { 'no-restricted-imports': 'off', 'max-lines': 'off' },
  },
);
