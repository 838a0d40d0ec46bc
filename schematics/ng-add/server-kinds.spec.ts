import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FreshApplication } from '../testing-support/fresh-application';
import { GeneratedCode } from '../testing-support/generated-code';
import type { NgAddOptions, ServerKind } from './schema';
import { SERVER_KINDS } from './server-kinds';

const CONFIG = '/src/app/app.config.ts';
const LOGIN = '/src/app/login/login.ts';
const ACCOUNT = '/src/app/account/account.ts';
const KINDS = Object.keys(SERVER_KINDS) as ServerKind[];

describe('ng add ngx-latchkey, by the kind of the server', () => {
  let app: FreshApplication;

  beforeAll(() => {
    FreshApplication.build();
  });

  beforeEach(async () => {
    app = await FreshApplication.create();
  });

  const said: readonly (readonly [NgAddOptions, call: string, entry: string])[] = [
    [
      { kind: 'oidc', url: 'http://127.0.0.1:1/base', clientId: ' web ' },
      "oidc({ issuer: 'http://127.0.0.1:1/base', clientId: 'web', api: [] })",
      'oidc',
    ],
    [
      { kind: 'keycloak', url: 'https://sso.test/auth/realms/our%20shop/', clientId: 'web' },
      "keycloak({ url: 'https://sso.test/auth', realm: 'our shop', clientId: 'web' })",
      'oidc',
    ],
    [
      { kind: 'auth0', url: 'https://shop.eu.auth0.com/', clientId: "it's" },
      "auth0({ domain: 'shop.eu.auth0.com', clientId: 'it\\'s' })",
      'oidc',
    ],
    [
      { kind: 'cognito-hosted', url: 'https://shop.auth.eu-west-1.amazoncognito.com', clientId: 'web' },
      "cognitoHosted({ domain: 'https://shop.auth.eu-west-1.amazoncognito.com', region: 'eu-west-1', userPoolId: 'YOUR_USER_POOL_ID', clientId: 'web' })",
      'oidc',
    ],
    [
      { kind: 'cognito', url: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC', clientId: 'web' },
      "cognito({ region: 'eu-west-1', userPoolId: 'eu-west-1_AbC', clientId: 'web' })",
      'cognito',
    ],
    [{ kind: 'feathers' }, "feathers({ url: 'http://localhost:3333' })", 'feathers'],
    [{ kind: 'firebase' }, "firebase({ apiKey: 'YOUR_API_KEY', projectId: 'YOUR_PROJECT_ID' })", 'firebase'],
  ];
  for (const [options, call, entry] of said) {
    it(`writes ${call}`, async () => {
      await app.ngAdd({ loginPage: false, ...options });
      expect(app.read(CONFIG)).toContain(`provideAuth(${call})`);
      const factory = call.replace(/\(.*/, '');
      expect(app.read(CONFIG)).toContain(`import { ${factory} } from 'ngx-latchkey/${entry}';`);
    });
  }

  it('tells of the values that it could not know, as long as they are to be written', async () => {
    await app.ngAdd({ kind: 'keycloak', url: 'https://sso.test' });
    expect(app.read(CONFIG)).toContain("realm: 'YOUR_REALM', clientId: 'YOUR_CLIENT_ID'");
    expect(app.messages.join('\n')).toContain('in place of YOUR_REALM, YOUR_CLIENT_ID');
    app.messages.length = 0;
    await app.ngAdd({ kind: 'keycloak', url: 'https://sso.test' });
    expect(app.messages.join('\n')).not.toContain('YOUR_REALM');
  });

  it('writes code that has the right types, whatever the server is', async () => {
    const files: Record<string, string> = {};
    for (const kind of KINDS) {
      app = await FreshApplication.create();
      await app.ngAdd({ kind, url: 'http://localhost:3333' });
      const config = app
        .read(CONFIG)
        .replace(/.*(provideRouter|routes).*\n/g, '')
        .replace('{ ApplicationConfig', '{ type ApplicationConfig');
      expect(config).toContain(`provideAuth(${SERVER_KINDS[kind].factory}(`);
      files[`/${kind}/app.config.ts`] = config;
      files[`/${kind}/login.ts`] = app.read(LOGIN);
      files[`/${kind}/account.ts`] = app.read(ACCOUNT);
      for (const file of app.tree.files.filter(path => /\/(login|account)\//.test(path))) {
        expect(app.read(file)).not.toMatch(/<%|\n\n\n|^\n|undefined(?! )/);
      }
    }
    expect(new GeneratedCode(files).typeErrors()).toEqual([]);
  });

  it('makes a login page that leads to the server', async () => {
    await app.ngAdd({ kind: 'oidc', url: 'http://127.0.0.1:1', clientId: 'web' });
    expect(app.read(LOGIN)).toContain('login({ returnUrl: this.returnUrl })');
    expect(app.read(LOGIN)).toContain('signInError()');
    expect(app.read('/src/app/login/login.html')).not.toContain('<input');
    expect(app.read('/src/app/login/login.css')).not.toContain('input');
    expect(app.read(ACCOUNT)).not.toContain('/api/profile');
    expect(app.messages[0]).toContain('http://localhost:4200/');
    expect(app.tree.files.filter(file => file.includes('register'))).toEqual([]);
  });

  it('asks for an e-mail address where users have no other name', async () => {
    await app.ngAdd({ kind: 'feathers' });
    expect(app.read(LOGIN)).toContain('login({ email: username, password })');
    expect(app.read('/src/app/login/login.html')).toContain('>E-mail address</label>');
    expect(app.read('/src/app/account/account.html')).toContain('then you log in again');
  });

  it('refuses a vault where there is nothing to keep in it', async () => {
    for (const kind of KINDS.filter(name => !SERVER_KINDS[name].hasVault)) {
      await expectAsync(app.ngAdd({ kind, vault: true })).toBeRejectedWithError(/no vault/);
    }
    await app.ngAdd({ kind: 'oidc', url: 'http://127.0.0.1:1', clientId: 'web', vault: true });
    expect(app.read(CONFIG)).toContain('api: [] }), withWorkerVault())');
  });

  it('offers the kinds that it knows', () => {
    const { properties } = JSON.parse(readFileSync('schematics/ng-add/schema.json', 'utf8')) as {
      readonly properties: { readonly kind: { readonly enum: readonly string[] } };
    };
    expect([...properties.kind.enum].sort()).toEqual([...KINDS].sort());
  });

  describe('that an issuer says of itself', () => {
    let server: Server;
    let url: string;
    const description: Record<string, string> = {};

    beforeEach(async () => {
      server = createServer((request, response) => {
        const found = request.url === '/oidc/.well-known/openid-configuration';
        response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(found ? description : {}));
      });
      await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
      description['issuer'] = `${url}/`;
    });

    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    for (const end of ['', '/', '/.well-known/openid-configuration']) {
      it(`writes its name as it does, for the URL with "${end}"`, async () => {
        await app.ngAdd({ kind: undefined, url: url + end, clientId: 'web' });
        expect(app.read(CONFIG)).toContain(
          `provideAuth(oidc({ issuer: '${url}/', clientId: 'web', api: [] }))`,
        );
      });
    }

    it('goes on by the schematic that asks for the client id', async () => {
      await app.ngAdd({ kind: undefined, url });
      expect(app.read(CONFIG)).toContain(`oidc({ issuer: '${url}/', clientId: 'YOUR_CLIENT_ID', api: [] })`);
      expect(app.tree.exists(LOGIN)).toBe(true);
      expect(app.messages.join('\n')).toContain('in place of YOUR_CLIENT_ID');
    });
  });

  it('has one more question in the schematic for servers with clients, and the same options', () => {
    const [all, client] = ['schema', 'client-schema'].map(
      name =>
        JSON.parse(readFileSync(`schematics/ng-add/${name}.json`, 'utf8')) as {
          readonly properties: Readonly<Record<string, object>>;
        },
    );
    expect(Object.keys(client?.properties ?? {}).sort()).toEqual(Object.keys(all?.properties ?? {}).sort());
    const questions = Object.entries(client?.properties ?? {}).filter(([, facts]) => 'x-prompt' in facts);
    expect(questions.map(([name]) => name)).toEqual(['clientId']);
  });
});
