import { readFileSync } from 'node:fs';
import { FreshApplication } from '../testing-support/fresh-application';
import { GeneratedCode, type World } from '../testing-support/generated-code';
import type { GeneratedKind } from './schema';

const KINDS: readonly GeneratedKind[] = ['renewable', 'cookie', 'fixed', 'delegated'];
const PROVIDER = '/src/app/auth/acme-provider.ts';
const SPEC = '/src/app/auth/acme-provider.spec.ts';

describe('ng generate ngx-latchkey:provider', () => {
  let app: FreshApplication;

  beforeAll(() => {
    FreshApplication.build();
  });

  beforeEach(async () => {
    app = await FreshApplication.create();
  });

  describe('writes code', () => {
    const NAMES: Readonly<Record<GeneratedKind, string>> = {
      renewable: 'acme',
      cookie: 'AcmeCloud',
      fixed: 'the acme-cloud v2 server',
      delegated: 'class',
    };

    async function generated(): Promise<GeneratedCode> {
      for (const kind of KINDS) {
        await app.ngGenerateProvider({ name: 'acme', kind, path: `src/${kind}` });
        await app.ngGenerateProvider({ name: NAMES[kind], kind, path: 'src/names' });
      }
      const files = app.tree.files.filter(file => /-provider(\.spec)?\.ts$/.test(file));
      return new GeneratedCode(Object.fromEntries(files.map(file => [file, app.read(file)])));
    }

    it('that has the right types, whatever it is called', async () => {
      const code = await generated();
      expect(code.typeErrors()).toEqual([]);
    });

    it('that a new application lints without a word', async () => {
      const code = await generated();
      expect(await code.lintProblems()).toEqual([]);
    });

    for (const kind of KINDS) {
      it(`that is short and laid out as in a new application: ${kind}`, async () => {
        await app.ngGenerateProvider({ name: 'acme', kind });
        const code = new GeneratedCode({ [PROVIDER]: app.read(PROVIDER), [SPEC]: app.read(SPEC) });
        expect(await code.notFormatted()).toEqual([]);
        expect(app.read(PROVIDER).split('\n').length).toBeLessThan(180);
        expect(app.read(PROVIDER) + app.read(SPEC)).not.toMatch(/<%|undefined,\s*undefined|\n\n\n/);
      });
    }
  });

  describe('writes a provider that keeps every promise', () => {
    async function outcomes(kind: GeneratedKind, change = (text: string): string => text) {
      await app.ngGenerateProvider({ name: 'acme', kind });
      const changed = change(app.read(PROVIDER));
      return new GeneratedCode({ [PROVIDER]: changed, [SPEC]: app.read(SPEC) }).run(SPEC);
    }

    const AT_LEAST: Readonly<Record<GeneratedKind, number>> = {
      renewable: 65,
      cookie: 65,
      fixed: 33,
      delegated: 5,
    };
    for (const kind of KINDS) {
      it(`of a session that is ${kind}`, async () => {
        const ran = await outcomes(kind);
        expect(ran.filter(({ failure }) => failure !== undefined)).toEqual([]);
        expect(ran.length).toBeGreaterThanOrEqual(AT_LEAST[kind]);
      });
    }

    const mistakes: readonly (readonly [GeneratedKind, from: string, to: string, said: RegExp])[] = [
      ['renewable', '&& isJsonObject(json)', '', /web page with 401 for neither/],
      ['renewable', "'accessToken'", "'access_token'", /signs in/],
      ['cookie', "credentials: 'include'", "credentials: 'omit'", /sends a cookie only/],
      ['fixed', "401: 'invalid-credentials'", "400: 'invalid-credentials'", /wrong password/],
      ['fixed', "refuse('refused', 'session-refused', answer)", 'unexpectedAnswer(answer)', /knows the end/],
      ['delegated', "id: 'acme'", "id: ''", /names itself/],
      ['delegated', '{ refresh: force })', '{ refresh: force }).catch(() => null)', /trouble of the SDK/],
    ];
    for (const [kind, from, to, said] of mistakes) {
      it(`and a spec that notices ${to || `a missing ${from}`} (${kind})`, async () => {
        const ran = await outcomes(kind, text => {
          expect(text).toContain(from);
          return text.replace(from, to);
        });
        const failed = ran.filter(({ failure }) => failure !== undefined).map(({ name }) => name);
        expect(failed.join('\n')).toMatch(said);
      });
    }
  });

  describe('writes a provider that works', () => {
    async function running(kind: GeneratedKind, options: object = {}) {
      await app.ngGenerateProvider({ name: 'acme', kind });
      const { world, code } = await new GeneratedCode({ [PROVIDER]: app.read(PROVIDER) }).inBrowser(PROVIDER);
      const made = code['acmeProvider']?.({ url: 'https://acme.test', ...options }) ?? {};
      return { world, made, tab: world.tab(made) };
    }
    const ada = { username: 'ada', password: 'secret' };
    const paths = ({ server }: World) =>
      server.requests.map(({ url }) => url.replace('https://acme.test', ''));

    for (const kind of ['renewable', 'cookie'] as const) {
      it(`signs in, renews, and says goodbye (${kind})`, async () => {
        const { world, tab } = await running(kind);
        if (kind === 'cookie') world.server.willReply({ status: 401, headers: {}, json: {} });
        await tab.engine.settled();
        await tab.engine.signIn(ada);
        const first = await tab.engine.token();
        await world.clock.advance(120_000);
        const second = await tab.engine.token();
        expect(first?.held.user).toEqual(jasmine.objectContaining({ name: 'Ada', roles: ['admin'] }));
        expect(second?.held.token).not.toBe(first?.held.token);
        await tab.engine.end('user');
        expect(new Set(paths(world))).toEqual(new Set(['/login', '/refresh', '/logout']));
        expect(tab.phase).toBe('ended');
      });
    }

    it('signs in, asks about a kept token after a reload, and says goodbye (fixed)', async () => {
      const { world, made, tab } = await running('fixed');
      await tab.engine.signIn(ada);
      expect((await tab.engine.token())?.held.token).toBe('access-1');
      world.server.willReply({ status: 502, headers: {}, json: undefined });
      const reloaded = world.tab(made);
      await reloaded.engine.settled();
      expect((await reloaded.engine.token())?.held.token).toBe('access-1');
      world.server.willReply({ status: 401, headers: {}, json: { message: 'revoked' } });
      const again = world.tab(made);
      await again.engine.settled();
      await world.clock.advance(0);
      expect(again.phase).toBe('ended');
      expect(paths(world).slice(0, 3)).toEqual(['/login', '/me', '/me']);
      expect(world.server.requests[1]?.headers).toEqual({ Authorization: 'Bearer access-1' });
    });

    it('follows the SDK (delegated)', async () => {
      const user = { id: '1', name: 'Ada', roles: ['admin'] };
      let signedIn = true;
      const sdk = {
        onSessionChange: (changed: (session: object | null) => void) => {
          changed({ token: 'one', user });
          return () => undefined;
        },
        getSession: async () => ({ token: 'two', user }),
        signOut: async () => {
          signedIn = false;
        },
      };
      const { tab } = await running('delegated', { sdk });
      await tab.engine.settled();
      expect((await tab.engine.token())?.held.token).toBe('one');
      expect((await tab.engine.token())?.held.user).toEqual(jasmine.objectContaining(user));
      await expectAsync(tab.engine.signIn(ada)).toBeRejectedWithError(/sign-in-elsewhere/);
      await tab.engine.end('user');
      expect(signedIn).toBe(false);
      expect(tab.phase).toBe('ended');
    });
  });

  it('puts the URL into the spec and into what is told', async () => {
    await app.ngGenerateProvider({ name: 'acme', url: 'https://Auth.Acme.test/v1/' });
    expect(app.read(SPEC)).toContain("acmeProvider({ url: 'https://auth.acme.test/v1' })");
    const told = app.messages.join('\n');
    expect(told).toContain("provideAuth(acmeProvider({ url: 'https://auth.acme.test/v1' }))");
    expect(told).toContain('src/app/auth/acme-provider.ts');
    expect(told.split('\n').length).toBeLessThan(8);
  });

  it('leaves the spec out where none is wanted', async () => {
    await app.ngGenerateProvider({ name: 'acme', skipTests: true });
    expect(app.tree.exists(PROVIDER)).toBe(true);
    expect(app.tree.exists(SPEC)).toBe(false);
    expect(app.messages.join('\n')).not.toContain('.spec.ts');
  });

  for (const path of ['libs/auth', '/libs/auth/', './libs/auth', 'libs\\auth']) {
    it(`writes to the folder ${path}`, async () => {
      await app.ngGenerateProvider({ name: 'acme', path });
      expect(app.tree.exists('/libs/auth/acme-provider.ts')).toBe(true);
    });
  }

  for (const path of ['../elsewhere', 'a/../../b', 'C:\\elsewhere']) {
    it(`writes nothing outside of the workspace: ${path}`, async () => {
      await expectUnchanged({ name: 'acme', path }, /not inside the workspace/);
    });
  }

  for (const [typed, file, factory] of [
    ['AcmeCloud', 'acme-cloud', 'acmeCloudProvider'],
    ['acme_cloud', 'acme-cloud', 'acmeCloudProvider'],
    [' acme.cloud ', 'acme-cloud', 'acmeCloudProvider'],
    ['acme-provider', 'acme', 'acmeProvider'],
    ['new', 'new', 'newProvider'],
    ['oauth2', 'oauth2', 'oauth2Provider'],
    ['provider', 'provider', 'providerProvider'],
  ] as const) {
    it(`takes the name ${JSON.stringify(typed)}`, async () => {
      await app.ngGenerateProvider({ name: typed });
      expect(app.read(`/src/app/auth/${file}-provider.ts`)).toContain(`export function ${factory}(`);
    });
  }

  for (const [typed, said] of [
    ['', /is empty/],
    ['   ', /is empty/],
    ['2fa', /a letter first/],
    ['Müller', /Did you mean muller\?/],
    ['acme!', /Did you mean acme\?/],
    ["a'; alert()", /cannot be the name/],
    ['*/', /folder in it/],
    ['auth/acme', /--path/],
    ['認証', /letters, digits and dashes/],
    ['___', /a letter first/],
  ] as const) {
    it(`refuses the name ${JSON.stringify(typed)}, says why, and changes nothing`, async () => {
      await expectUnchanged({ name: typed }, said);
    });
  }

  for (const [url, said] of [
    ['auth.example.com', /Did you mean https/],
    ['http://auth.example.com', /use https/],
    ['https://x.test/*/', /wildcard/],
    ["https://x.test/'", /character/],
  ] as const) {
    it(`refuses the URL ${url} and changes nothing`, async () => {
      await expectUnchanged({ name: 'acme', url }, said);
    });
  }

  it('never overwrites anything', async () => {
    app.write(SPEC, '// mine\n');
    await expectUnchanged({ name: 'acme' }, /acme-provider\.spec\.ts is there already.*--path/);
    await app.ngGenerateProvider({ name: 'acme', skipTests: true });
    expect(app.read(SPEC)).toBe('// mine\n');
    await expectUnchanged({ name: 'acme', kind: 'cookie' }, /acme-provider\.ts and .* are there already/);
  });

  it('knows the projects that there are', async () => {
    await app.generate('library', { name: 'toolbox', skipInstall: true });
    await app.generate('application', { name: 'office', skipInstall: true });
    await expectUnchanged({ name: 'acme' }, /several applications: shop, office.*--project/);
    await expectUnchanged({ name: 'acme', project: 'nowhere' }, /no project "nowhere".*shop/);
    await app.ngGenerateProvider({ name: 'acme', project: 'office' });
    expect(app.tree.exists('/projects/office/src/app/auth/acme-provider.ts')).toBe(true);
    await app.ngGenerateProvider({ name: 'acme', project: 'toolbox', path: 'projects/toolbox/src/lib' });
    expect(app.tree.exists('/projects/toolbox/src/lib/acme-provider.ts')).toBe(true);
  });

  it('is described with code that has the right types', () => {
    const guide = readFileSync('docs/writing-a-provider.md', 'utf8');
    const blocks = [...guide.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
    const code = new GeneratedCode(
      Object.fromEntries(blocks.map((block, index) => [`guide/${index}.ts`, block])),
    );
    expect(blocks.length).toBeGreaterThan(2);
    expect(code.typeErrors()).toEqual([]);
  });

  it('keeps its options and their description in step', () => {
    const schema = JSON.parse(readFileSync('schematics/provider/schema.json', 'utf8')) as {
      readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
    };
    const interfaceText = readFileSync('schematics/provider/schema.ts', 'utf8');
    const members = [...interfaceText.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name ?? '');
    expect(Object.keys(schema.properties).sort()).toEqual(members.sort());
    expect(schema.properties['kind']?.enum).toEqual(KINDS);
  });

  async function expectUnchanged(
    options: Parameters<FreshApplication['ngGenerateProvider']>[0],
    said: RegExp,
  ) {
    const before = app.snapshot();
    await expectAsync(app.ngGenerateProvider(options)).toBeRejectedWithError(said);
    expect(app.snapshot()).toEqual(before);
  }
});
