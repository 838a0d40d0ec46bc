import { readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { FreshApplication } from '../testing-support/fresh-application';

const CONFIG = '/src/app/app.config.ts';
const ROUTES = '/src/app/app.routes.ts';

/** What is wrong with a text as TypeScript, beside its types. */
function syntaxErrors(text: string): readonly string[] {
  const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
  return (diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** The text without its layout. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/, (?=[\])}])/g, ' ');
}

/** The assets of the application's build. */
function assetsIn(angularJson: string): readonly unknown[] {
  const { projects } = JSON.parse(angularJson) as {
    readonly projects: Record<string, { architect: { build: { options: { assets: unknown[] } } } }>;
  };
  return projects['shop']?.architect.build.options.assets ?? [];
}

describe('ng add ngx-latchkey', () => {
  let app: FreshApplication;

  beforeAll(() => {
    FreshApplication.build();
  });

  afterEach(() => {
    for (const file of app.tree.files.filter(name => name.endsWith('.ts'))) {
      expect(syntaxErrors(app.read(file)))
        .withContext(file)
        .toEqual([]);
    }
  });

  describe('in a fresh application', () => {
    beforeEach(async () => {
      app = await FreshApplication.create();
    });

    it('provides the session and the interceptor', async () => {
      await app.ngAdd();
      const config = app.read(CONFIG);
      expect(config).toContain("import { authInterceptor, jwtServer, provideAuth } from 'ngx-latchkey';");
      expect(config).toContain("import { provideHttpClient, withInterceptors } from '@angular/common/http';");
      expect(config).toMatch(
        /\n {4}provideHttpClient\(withInterceptors\(\[authInterceptor\]\)\),\n {4}provideAuth\(jwtServer\(\{ url: 'http:\/\/localhost:3333' \}\)\)/,
      );
    });

    it('gives the session a vault, and lists its script among the assets, once', async () => {
      await app.ngAdd({ vault: true });
      const config = app.read(CONFIG);
      expect(config).toContain(
        "import { authInterceptor, jwtServer, provideAuth, withWorkerVault } from 'ngx-latchkey';",
      );
      expect(config).toContain("provideAuth(jwtServer({ url: 'http://localhost:3333' }), withWorkerVault())");
      const asset = { glob: 'latchkey-vault.js', input: 'node_modules/ngx-latchkey', output: '/' };
      const listed = assetsIn(app.read('/angular.json'));
      expect(listed).toContain(asset);
      expect(listed.length).toBe(2);
      await app.ngAdd({ vault: true });
      expect(assetsIn(app.read('/angular.json'))).toEqual(listed);
    });

    it('refuses a vault where there is nothing to keep in it', async () => {
      await expectAsync(app.ngAdd({ vault: true, kind: 'averos' })).toBeRejectedWithError(/cookie/);
    });

    it('adds the routes and the pages', async () => {
      await app.ngAdd();
      expect(words(app.read(ROUTES))).toContain(
        "export const routes: Routes = [ { path: 'login', canActivate: [guestGuard], loadComponent: () => import('./login/login').then(m => m.Login) }, { path: 'account', canActivate: [authGuard], loadComponent: () => import('./account/account').then(m => m.Account) } ];",
      );
      expect(app.read(ROUTES)).toContain("import { authGuard, guestGuard } from 'ngx-latchkey';");
      expect(app.read('/src/app/login/login.ts')).toContain('login({ username, password })');
      expect(app.read('/src/app/account/account.ts')).toContain("'http://localhost:3333/api/profile'");
      for (const page of ['login', 'account']) {
        for (const end of ['ts', 'html', 'css'])
          expect(app.tree.exists(`/src/app/${page}/${page}.${end}`)).toBe(true);
      }
    });

    it('leaves out the pages and routes that are not wanted', async () => {
      const before = app.read(ROUTES);
      await app.ngAdd({ loginPage: false });
      expect(app.read(ROUTES)).toBe(before);
      expect(app.tree.exists('/src/app/login/login.ts')).toBe(false);
      expect(app.read(CONFIG)).toContain('provideAuth(');
    });

    it('sets up Averos', async () => {
      await app.ngAdd({ kind: 'averos' });
      expect(app.read(CONFIG)).toContain("import { averos } from 'ngx-latchkey/averos';");
      expect(app.read(CONFIG)).toContain("provideAuth(averos({ url: 'http://localhost:3333' }))");
      expect(app.read('/src/app/login/login.ts')).toContain('login({ userName: username, password })');
    });

    it('changes nothing the second time, and says so', async () => {
      await app.ngAdd();
      const once = app.snapshot();
      app.messages.length = 0;
      await app.ngAdd();
      expect(app.snapshot()).toEqual(once);
      expect(app.messages.join('\n')).toContain('provides the session already');
    });

    it('writes the dependency where it is missing, and once', async () => {
      await app.ngAdd();
      await app.ngAdd();
      expect(app.read('/package.json').match(/"ngx-latchkey": "\^\d/g)?.length).toBe(1);
    });

    it('tells what it did and what comes next, in few lines', async () => {
      await app.ngAdd();
      const [told = ''] = app.messages;
      expect(told).toContain('shop talks to http://localhost:3333 as a JWT server');
      expect(told).toContain('ng serve');
      expect(told).toContain("Angular's welcome page stands above them in src/app/app.html");
      expect(told.split('\n').length).toBeLessThanOrEqual(10);
    });

    it('does not speak of a welcome page that is gone', async () => {
      app.write('/src/app/app.html', '<router-outlet />\n');
      await app.ngAdd();
      expect(app.messages.join('\n')).not.toContain('welcome page');
    });

    it('takes the URL as it ought to be written', async () => {
      await app.ngAdd({ url: ' https://Auth.Example.com/base/ ' });
      expect(app.read(CONFIG)).toContain("jwtServer({ url: 'https://auth.example.com/base' })");
    });

    for (const url of [
      '',
      'localhost:3333',
      'http://auth.example.com',
      'https://a:b@auth.example.com',
      'https://x.test/?a=1',
      "https://x.test/'",
    ]) {
      it(`refuses the URL ${JSON.stringify(url)} and changes nothing`, async () => {
        const before = app.snapshot();
        await expectAsync(app.ngAdd({ url })).toBeRejected();
        expect(app.snapshot()).toEqual(before);
      });
    }

    it('never overwrites a page', async () => {
      app.write('/src/app/login/login.ts', 'export class Login {}\n');
      await app.ngAdd();
      expect(app.read('/src/app/login/login.ts')).toBe('export class Login {}\n');
      expect(app.tree.exists('/src/app/login/login.html')).toBe(false);
      expect(app.messages.join('\n')).toContain('login.ts is there already');
    });

    it('leaves a login route of the application alone', async () => {
      app.edit(ROUTES, '= []', "= [{ path: 'login', redirectTo: 'sign-in' }]");
      await app.ngAdd();
      expect(app.read(ROUTES).match(/path: 'login'/g)?.length).toBe(1);
      expect(app.read(ROUTES)).not.toContain('guestGuard');
      expect(app.read(ROUTES)).toContain("path: 'account'");
    });

    it('puts its routes before one that takes everything', async () => {
      app.edit(
        ROUTES,
        '= []',
        "= [\n  { path: '', redirectTo: 'home' },\n  // the rest\n  { path: '**', redirectTo: '' },\n]",
      );
      await app.ngAdd();
      const routes = app.read(ROUTES);
      expect(routes.indexOf("path: 'account'")).toBeLessThan(routes.indexOf("path: '**'"));
      expect(routes).toContain('// the rest');
    });
  });

  describe('with an HTTP client that is configured already', () => {
    const cases: readonly (readonly [before: string, after: string])[] = [
      ['provideHttpClient()', 'provideHttpClient(withInterceptors([authInterceptor]))'],
      [
        'provideHttpClient(withFetch())',
        'provideHttpClient(withFetch(), withInterceptors([authInterceptor]))',
      ],
      ['provideHttpClient(withInterceptors([]))', 'provideHttpClient(withInterceptors([authInterceptor]))'],
      [
        'provideHttpClient(withInterceptors([logging, /* first */ tracing]), withFetch())',
        'provideHttpClient(withInterceptors([logging, /* first */ tracing, authInterceptor]), withFetch())',
      ],
      [
        'provideHttpClient(\n      withFetch(),\n      withXsrfConfiguration({}),\n    )',
        'provideHttpClient(\n      withFetch(),\n      withXsrfConfiguration({}),\n      withInterceptors([authInterceptor]),\n    )',
      ],
    ];
    for (const [before, after] of cases) {
      it(`merges into ${before}`, async () => {
        app = await FreshApplication.create();
        app.edit(CONFIG, 'providers: [', `providers: [\n    ${before},`);
        await app.ngAdd();
        expect(app.read(CONFIG)).toContain(after);
        expect(app.read(CONFIG).match(/provideHttpClient\(/g)?.length).toBe(1);
        expect(app.read(CONFIG)).toContain('authInterceptor, jwtServer, provideAuth');
      });
    }

    it('says what to do where the interceptors are elsewhere', async () => {
      app = await FreshApplication.create();
      app.edit(
        CONFIG,
        'providers: [',
        'providers: [\n    provideHttpClient(withInterceptors(INTERCEPTORS)),',
      );
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('provideHttpClient(withInterceptors(INTERCEPTORS))');
      expect(app.messages.join('\n')).toContain('add authInterceptor as the last one');
    });
  });

  describe('where our names stand for something already', () => {
    beforeEach(async () => {
      app = await FreshApplication.create();
    });

    it('does not register the interceptor twice', async () => {
      app.edit(
        CONFIG,
        'providers: [',
        'providers: [\n    provideHttpClient(withInterceptors([authInterceptor])),',
      );
      app.write(CONFIG, `import { authInterceptor } from 'ngx-latchkey';\n${app.read(CONFIG)}`);
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('withInterceptors([authInterceptor])');
      expect(app.read(CONFIG)).toContain('provideAuth(');
      expect(app.read(CONFIG).match(/\bauthInterceptor\b/g)?.length).toBe(2);
    });

    for (const line of [
      "import { authInterceptor } from './auth-interceptor';",
      "import { provideAuth } from '@angular/fire/auth';",
      'const jwtServer = 1;',
    ]) {
      it(`changes nothing and says so: ${line}`, async () => {
        const changed = `${line}\n${app.read(CONFIG)}`.replace(
          'providers: [',
          'providers: [\n    provideAuth(() => getAuth()),',
        );
        app.write(CONFIG, line.includes('provideAuth') ? changed : `${line}\n${app.read(CONFIG)}`);
        const before = app.read(CONFIG);
        await app.ngAdd();
        expect(app.read(CONFIG)).toBe(before);
        const told = app.messages.join('\n');
        expect(told).toContain('stands for something else');
        expect(told).not.toContain('provides the session');
      });
    }

    it('leaves routes alone that have a guard of that name', async () => {
      app.write(ROUTES, `import { authGuard } from './auth-guard';\n${app.read(ROUTES)}`);
      const before = app.read(ROUTES);
      await app.ngAdd();
      expect(app.read(ROUTES)).toBe(before);
      expect(app.messages.join('\n')).toContain('authGuard stands for something else');
    });
  });

  describe('with a configuration of another form', () => {
    beforeEach(async () => {
      app = await FreshApplication.create();
    });

    it('understands satisfies', async () => {
      app.edit(
        CONFIG,
        /appConfig: ApplicationConfig = (\{[\s\S]*\});/,
        'appConfig = $1 satisfies ApplicationConfig;',
      );
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('provideAuth(');
    });

    it('understands providers in a constant', async () => {
      app.edit(
        CONFIG,
        /export const appConfig[\s\S]*providers: (\[[\s\S]*\])\s*\};/,
        'const providers = $1;\nexport const appConfig: ApplicationConfig = { providers };',
      );
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('provideAuth(');
      expect(app.read(CONFIG).match(/providers/g)?.length).toBe(2);
    });

    it('understands a configuration inside the call', async () => {
      app.write(
        '/src/main.ts',
        "import { bootstrapApplication } from '@angular/platform-browser';\nimport { provideRouter } from '@angular/router';\nimport { App } from './app/app';\nimport { routes } from './app/app.routes';\n\nbootstrapApplication(App, { providers: [provideRouter(routes)] });\n",
      );
      await app.ngAdd();
      expect(app.read('/src/main.ts')).toContain(
        "{ providers: [provideRouter(routes), provideHttpClient(withInterceptors([authInterceptor])), provideAuth(jwtServer({ url: 'http://localhost:3333' }))] }",
      );
      expect(app.read(ROUTES)).toContain("path: 'login'");
    });

    it('understands merged configurations', async () => {
      app.edit(
        '/src/main.ts',
        'bootstrapApplication(App, appConfig)',
        'bootstrapApplication(App, mergeApplicationConfig(appConfig, { providers: [] }))',
      );
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('provideAuth(');
    });

    it('keeps spreads and comments', async () => {
      app.edit(CONFIG, 'providers: [', 'providers: [\n    // ours\n    ...shared, // and more');
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('    // ours\n    ...shared, // and more\n');
      expect(app.read(CONFIG)).toContain('provideAuth(');
    });

    for (const [name, config] of [
      ['a function', 'export const appConfig = makeConfig();'],
      [
        'providers from elsewhere',
        "import { providers } from '@shop/providers';\nexport const appConfig = { providers };",
      ],
      ['spread configuration', 'export const appConfig = { ...base };'],
    ] as const) {
      it(`changes nothing it cannot read, and prints the lines: ${name}`, async () => {
        app.write(CONFIG, `${config}\n`);
        await app.ngAdd();
        expect(app.read(CONFIG)).toBe(`${config}\n`);
        const told = app.messages.join('\n');
        expect(told).toContain('provideHttpClient(withInterceptors([authInterceptor])),');
        expect(told).toContain("provideAuth(jwtServer({ url: 'http://localhost:3333' })),");
      });
    }

    it('keeps Windows line ends', async () => {
      for (const file of [CONFIG, ROUTES]) app.write(file, app.read(file).replaceAll('\n', '\r\n'));
      await app.ngAdd();
      for (const file of [CONFIG, ROUTES]) {
        expect(app.read(file)).toContain('latchkey');
        expect(app.read(file)).not.toMatch(/[^\r]\n/);
      }
    });

    it('keeps tabs', async () => {
      app.write(
        CONFIG,
        app.read(CONFIG).replace(/^( {2})+/gm, spaces => '\t'.repeat(spaces.length / 2)),
      );
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('\n\t\tprovideAuth(');
    });

    it('works on double quotes', async () => {
      app.write(CONFIG, app.read(CONFIG).replaceAll("'", '"'));
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('from "ngx-latchkey";');
    });
  });

  describe('in an application with NgModules', () => {
    const MODULE = '/src/app/app-module.ts';

    beforeEach(async () => {
      app = await FreshApplication.create({ standalone: false });
    });

    it('adds to the root module and to its routes', async () => {
      await app.ngAdd();
      expect(words(app.read(MODULE))).toContain(
        "provideHttpClient(withInterceptors([authInterceptor])), provideAuth(jwtServer({ url: 'http://localhost:3333' }))",
      );
      expect(app.read('/src/app/app-routing-module.ts')).toContain("path: 'account'");
      expect(app.read('/src/app/login/login.ts')).toContain('class Login');
    });

    it('makes the providers that are missing', async () => {
      app.edit(MODULE, /providers: \[[^\]]*\],/, '');
      await app.ngAdd();
      expect(words(app.read(MODULE))).toContain('providers: [ provideHttpClient(');
    });

    it('does not mix provideHttpClient with HttpClientModule', async () => {
      app.edit(MODULE, 'imports: [', 'imports: [\n    HttpClientModule,');
      await app.ngAdd();
      expect(app.read(MODULE)).not.toContain('provideHttpClient');
      expect(app.messages.join('\n')).toContain('replace HttpClientModule');
    });
  });

  describe('in a workspace of several projects', () => {
    beforeEach(async () => {
      app = await FreshApplication.create();
      await app.generate('library', { name: 'toolbox', skipInstall: true });
    });

    it('takes the only application', async () => {
      await app.ngAdd();
      expect(app.read(CONFIG)).toContain('provideAuth(');
    });

    it('asks which of several is meant', async () => {
      await app.generate('application', { name: 'office', skipInstall: true });
      await expectAsync(app.ngAdd()).toBeRejectedWithError(/several applications: shop, office.*--project/);
      await app.ngAdd({ project: 'office' });
      expect(app.read('/projects/office/src/app/app.config.ts')).toContain('provideAuth(');
      expect(app.read(CONFIG)).not.toContain('provideAuth(');
    });

    it('refuses a library politely', async () => {
      await expectAsync(app.ngAdd({ project: 'toolbox' })).toBeRejectedWithError(
        /"toolbox" is a library.*shop/,
      );
    });

    it('knows the projects that there are', async () => {
      await expectAsync(app.ngAdd({ project: 'nowhere' })).toBeRejectedWithError(
        /no project "nowhere".*shop/,
      );
    });
  });

  it('makes no pages that nobody could reach', async () => {
    app = await FreshApplication.create({ routing: false });
    await app.ngAdd();
    expect(app.read(CONFIG)).toContain('provideAuth(');
    expect(app.tree.exists('/src/app/login/login.ts')).toBe(false);
    const told = app.messages.join('\n');
    expect(told).toContain('provideRouter(routes)');
    expect(told).not.toContain('open /account');
  });

  it('speaks of render modes where there is a server', async () => {
    app = await FreshApplication.create({ ssr: true });
    await app.ngAdd();
    expect(app.read(CONFIG)).toContain('provideAuth(');
    expect(app.messages.join('\n')).toContain('RenderMode.Client');
  });

  it('keeps its options and their description in step', async () => {
    app = await FreshApplication.create();
    const schema = JSON.parse(readFileSync('schematics/ng-add/schema.json', 'utf8')) as {
      readonly properties: Readonly<Record<string, unknown>>;
    };
    const interfaceText = readFileSync('schematics/ng-add/schema.ts', 'utf8');
    const members = [...interfaceText.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name ?? '');
    expect(Object.keys(schema.properties).sort()).toEqual(members.sort());
  });
});
