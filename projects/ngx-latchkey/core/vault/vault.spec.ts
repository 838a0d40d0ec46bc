import { AuthError, type WireAnswer, type WireRequest } from 'ngx-latchkey/core';
import { SECRET } from './request-template';
import { createVault } from './vault';
import type { VaultOrder } from './vault-order';

const LOGIN = 'https://auth.test/auth/login';
const RENEW = 'https://auth.test/auth/refresh';
const END = 'https://auth.test/auth/logout';

describe('The vault', () => {
  let sent: WireRequest[];
  let answers: (WireAnswer | Promise<WireAnswer>)[];
  let vault: ReturnType<typeof createVault>;

  beforeEach(() => {
    sent = [];
    answers = [];
    let names = 0;
    vault = createVault(
      request => {
        sent.push(request);
        return Promise.resolve(answers.shift() ?? grant('refresh-2'));
      },
      () => String((names += 1)).padStart(32, '0'),
    );
  });

  const order = (url: string, json: VaultOrder['request']['json'] = {}): VaultOrder => ({
    request: { url, method: 'POST', json: json ?? {} },
    deadline: 10_000,
    secretAt: ['refreshToken'],
    renewal: { url: RENEW, method: 'POST', json: { refreshToken: SECRET } },
    end: { url: END, method: 'POST', json: { refreshToken: SECRET } },
  });

  async function signIn(): Promise<string> {
    answers.push(grant('refresh-1'));
    const { json } = await vault(order(LOGIN));
    return (json as { readonly refreshToken: string }).refreshToken;
  }

  const spent = (): unknown[] => sent.map(({ json }) => (json as Record<string, unknown>)['refreshToken']);

  it('gives the page a handle in the place of the secret, and everything else as it is', async () => {
    answers.push(grant('refresh-1'));
    const answer = await vault(order(LOGIN, { username: 'ada' }));
    expect(answer.json).toEqual({
      accessToken: 'access',
      refreshToken: jasmine.stringMatching(/^vault:[0-9a-f]{32}$/),
    });
  });

  it('renews with the newest secret under the same handle, however old the answer is that the page had', async () => {
    const handle = await signIn();
    answers.push(grant('refresh-2'), grant('refresh-3'));
    const first = await vault(order(RENEW, { refreshToken: handle }));
    // The page went away before it could read the answer; the next one has what was stored, and that is the handle.
    const second = await vault(order(RENEW, { refreshToken: handle }));
    expect(spent()).toEqual([undefined, 'refresh-1', 'refresh-2']);
    expect([first.json, second.json]).toEqual(Array(2).fill({ accessToken: 'access', refreshToken: handle }));
  });

  it('makes one request for whoever asks while a renewal is under way', async () => {
    const handle = await signIn();
    const slow = Promise.withResolvers<WireAnswer>();
    answers.push(slow.promise);
    const both = [1, 2].map(() => vault(order(RENEW, { refreshToken: handle })));
    slow.resolve(grant('refresh-2'));
    expect((await Promise.all(both)).length).toBe(2);
    expect(sent.length).toBe(2);
  });

  it('keeps the secret when a renewal fails, or brings no other', async () => {
    const handle = await signIn();
    answers.push({ status: 503, headers: {}, json: undefined }, grant(undefined), grant('refresh-2'));
    for (let turn = 0; turn < 3; turn += 1) await vault(order(RENEW, { refreshToken: handle }));
    expect(spent().slice(1)).toEqual(['refresh-1', 'refresh-1', 'refresh-1']);
  });

  it('forgets the secret with the session', async () => {
    const handle = await signIn();
    await vault(order(END, { refreshToken: handle }));
    expect(spent().at(-1)).toBe('refresh-1');
    expect(await codeOf(vault(order(RENEW, { refreshToken: handle })))).toBe('vault-empty refused');
  });

  it('takes a handle that it never gave out for the end of a session', async () => {
    const stranger = `vault:${'f'.repeat(32)}`;
    expect(await codeOf(vault(order(RENEW, { refreshToken: stranger })))).toBe('vault-empty refused');
    expect(sent).toEqual([]);
  });

  it('hides the secret in whatever an answer repeats of it', async () => {
    const handle = await signIn();
    answers.push({
      status: 400,
      headers: { 'x-echo': 'refresh-1' },
      json: { message: 'bad token refresh-1', deep: [{ was: 'refresh-1' }] },
    });
    const answer = await vault(order(RENEW, { refreshToken: handle }));
    expect(JSON.stringify(answer)).not.toContain('refresh-1');
  });

  describe('and a script that wants the secret', () => {
    for (const url of ['https://evil.test/auth/refresh', 'https://auth.test/echo', `${RENEW}?echo=1`]) {
      it(`sends it to no place but those it was pinned to: not to ${url}`, async () => {
        const handle = await signIn();
        const request = { url, method: 'POST', json: { refreshToken: SECRET } } as const;
        const forged = { ...order(url, { refreshToken: handle }), renewal: request, end: request };
        expect(await codeOf(vault(forged))).toBe('vault-closed misconfigured');
        expect(sent.length).toBe(1);
      });
    }

    it('sends it in no other request to the same URL', async () => {
      const handle = await signIn();
      const request = order(RENEW, { refreshToken: handle }).request;
      const others: readonly WireRequest[] = [
        { ...request, json: { refreshToken: handle, name: 'echo' } },
        { ...request, json: { name: handle } },
        { ...request, headers: { 'X-Amz-Target': 'UpdateUserAttributes' } },
        { ...request, method: 'PUT' },
        { ...request, json: { refreshToken: [handle] } },
      ];
      for (const other of others) {
        expect(await codeOf(vault({ ...order(RENEW), request: other }))).toBe('vault-closed misconfigured');
      }
      expect(sent.length).toBe(1);
      await vault({ ...order(RENEW), request: { ...request, headers: { Authorization: 'Bearer a' } } });
      expect(sent.length).toBe(2);
    });

    it('does not get a new one by saying that there is none in the answer', async () => {
      const handle = await signIn();
      answers.push(grant('refresh-2'));
      const answer = await vault({ ...order(RENEW, { refreshToken: handle }), secretAt: [] });
      expect(JSON.stringify(answer)).not.toContain('refresh-2');
    });

    it('renews a secret of Firebase at the other of its two origins, and at no third', async () => {
      const [from, to] = ['identitytoolkit', 'securetoken'].map(name => `https://${name}.googleapis.com/v1`);
      const pinned = (url: string): VaultOrder => ({
        ...order(`${from}/accounts:signInWithPassword`),
        renewal: { url, method: 'POST', form: { refresh_token: SECRET } },
        end: undefined,
      });
      answers.push(grant('refresh-1'), grant('refresh-2'));
      const { json } = await vault(pinned(`${to}/token`));
      const { refreshToken } = json as { readonly refreshToken: string };
      const url = `${to}/token`;
      await vault({
        ...pinned(url),
        request: { url, method: 'POST', form: { refresh_token: refreshToken } },
      });
      expect(sent.at(-1)?.form).toEqual({ refresh_token: 'refresh-1' });
      answers.push(grant('refresh-1'));
      expect(await codeOf(vault(pinned('https://evil.test/token')))).toBe('vault-closed misconfigured');
    });

    it('cannot pin one to another origin than it came from', async () => {
      answers.push(grant('refresh-1'));
      const forged = { ...order(LOGIN), renewal: { url: 'https://evil.test/', method: 'POST' } as const };
      expect(await codeOf(vault(forged))).toBe('vault-closed misconfigured');
    });
  });
});

function grant(refreshToken: string | undefined): WireAnswer {
  return { status: 200, headers: {}, json: { accessToken: 'access', ...(refreshToken && { refreshToken }) } };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was wrong'),
    (reason: unknown) => reason,
  );
  return error instanceof AuthError ? `${error.code} ${error.failure}` : String(error);
}
