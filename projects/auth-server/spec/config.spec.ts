import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, StartError, type Settings } from '../src/index.js';
import { removeScratchFolders, scratchFolder } from './support/scratch-folder.js';

describe('a config file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await scratchFolder();
    file = join(folder, 'auth.json');
  });
  afterEach(removeScratchFolders);

  const read = async (text: string): Promise<Partial<Settings>> => {
    await writeFile(file, text);
    return readConfig(file);
  };
  const refusal = async (text: string): Promise<readonly string[]> => {
    const error: unknown = await read(text).catch((reason: unknown) => reason);
    if (!(error instanceof StartError)) return [`not refused: ${JSON.stringify(error)}`];
    return error.message.split('\n').map(line => line.replace(file, 'auth.json'));
  };

  it('may say everything, with comments and trailing commas', async () => {
    const settings = await read(`{
      // for the demo
      "port": 4000, "host": "127.0.0.1", "contract": "averos", "rotation": "strict", "overlap": 0,
      "accessTokenLifetime": 60, "refreshTokenLifetime": 3600, "issuer": "me",
      "origins": ["https://app.example.test"],
      "signing": { "secrets": [{ "id": "a", "secret": "0123456789012345678901234567890123456789" }] },
      "users": [{ "username": "mary", "password": "x", "claims": { "department": "stars" } }],
      "rules": [
        { "path": "/api/a", "rule": "allow" },
        { "path": "/api/b", "rule": { "role": "r" } },
        { "path": "/api/c/*", "rule": { "claim": "department", "value": "stars" } },
      ],
      "passwordHashing": { "memoryCost": 1024, "timeCost": 1, "parallelism": 1 },
    }`);
    expect(settings.rules?.[2]).toEqual({ path: '/api/c/*', rule: { claim: 'department', value: 'stars' } });
    expect(settings.users).toEqual([{ username: 'mary', password: 'x', claims: { department: 'stars' } }]);
    expect([settings.port, settings.contract, settings.overlap]).toEqual([4000, 'averos', 0]);
  });

  it('places the data file beside itself', async () => {
    await mkdir(join(folder, 'kept'));
    expect((await read('{ "data": "kept/data.json" }')).data).toBe(join(folder, 'kept', 'data.json'));
    expect((await read('{ "data": "memory" }')).data).toBe('memory');
  });

  const refused: readonly (readonly [what: string, text: string, message: string])[] = [
    [
      'a key that is misspelt',
      '{\n  "acessTokenLifetime": 5\n}',
      'auth.json:2:3: "acessTokenLifetime" is not known here. Did you mean "accessTokenLifetime"?',
    ],
    [
      'a key that resembles none',
      '{\n\n"zzzzzzzz": 5 }',
      'auth.json:3:1: "zzzzzzzz" is not known here. Known here: ',
    ],
    ['a key given twice', '{ "port": 1,\n "port": 2 }', 'auth.json:2:2: "port" is given twice.'],
    [
      'a missing comma',
      '{\n "port": 1\n "host": "x" }',
      'auth.json:3:2: This is not valid JSON: comma expected.',
    ],
    ['an empty file', '', 'auth.json:1:1: '],
    ['a list', '[]', 'auth.json:1:1: The file must be an object.'],
    [
      'a port out of range',
      '{ "port": 70000 }',
      'auth.json:1:11: port must be a whole number from 0 to 65535.',
    ],
    ['a number as text', '{ "overlap": "30" }', 'auth.json:1:14: overlap must be a whole number'],
    [
      'an unknown contract',
      '{ "contract": "oidc" }',
      'auth.json:1:15: contract must be one of "jwt", "averos".',
    ],
    [
      'a secret that is too short',
      '{ "signing": {\n "secrets": [{ "id": "a",\n "secret": "short" }] } }',
      'auth.json:3:12: signing.secrets[0].secret must be a text of at least 32 characters.',
    ],
    [
      'a secret without id',
      `{ "signing": { "secrets": [\n{ "secret": "${'x'.repeat(32)}" }] } }`,
      'auth.json:2:1: "id" is missing in signing.secrets[0].',
    ],
    [
      'two secrets with one id',
      `{ "signing": { "secrets": [{ "id": "a", "secret": "${'x'.repeat(32)}" }, { "id": "A", "secret": "${'y'.repeat(32)}" }] } }`,
      'auth.json:1:27: Two entries are called "A".',
    ],
    [
      'two users of one name',
      '{ "users": [{ "username": "a", "password": "x" }, { "username": "a", "password": "x" }] }',
      'auth.json:1:12: Two entries are called "a".',
    ],
    [
      'an origin with a path',
      '{ "origins": ["https://app.test/"] }',
      'auth.json:1:15: origins[0] must be an origin',
    ],
    ['every origin', '{ "origins": ["*"] }', 'auth.json:1:15: origins[0] must be an origin'],
    [
      'a rule that is none',
      '{ "rules": [{ "path": "/api/x", "rule": "admin" }] }',
      'auth.json:1:41: rules[0].rule must be "allow", ',
    ],
    [
      'a rule elsewhere',
      '{ "rules": [{ "path": "/admin/x", "rule": "allow" }] }',
      'auth.json:1:23: rules[0].path must be a path below /api/',
    ],
    [
      'a claim the server sets',
      '{ "users": [{ "username": "a", "password": "x", "claims": { "sub": "b" } }] }',
      'auth.json:1:61: "sub" is set by the server itself.',
    ],
  ];
  for (const [what, text, message] of refused) {
    it(`is refused for ${what}`, async () => {
      const [line = ''] = await refusal(text);
      expect(line.slice(0, message.length)).toBe(message);
    });
  }

  it('is refused with everything that is wrong at once, in order', async () => {
    const lines = await refusal('{\n "port": -1,\n "hots": "x",\n "rotation": 1\n}');
    expect(lines.map(line => line.split(': ')[0])).toEqual([
      'auth.json:2:10',
      'auth.json:3:2',
      'auth.json:4:14',
    ]);
  });

  it('is missed with a sentence', () => {
    expect(() => readConfig(file)).toThrowError(StartError, /There is no such file; --config takes the path/);
  });
});
