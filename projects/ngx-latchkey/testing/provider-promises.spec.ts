import { jwtServer } from 'ngx-latchkey';
import { averos } from 'ngx-latchkey/averos';
import type { WireAnswer } from 'ngx-latchkey/core';
import { type ProviderScript, providerPromises } from 'ngx-latchkey/testing';

const answer = (status: number, json: unknown): WireAnswer => ({ status, headers: {}, json });
const tokens = { accessToken: 'a', refreshToken: 'r', expiresIn: 60, user: { id: '1', roles: ['admin'] } };

const byBody: ProviderScript = {
  provider: () => jwtServer({ url: 'https://auth.test' }),
  input: { username: 'ada', password: 'secret' },
  signedIn: answer(200, tokens),
  wrongPassword: answer(401, { error: 'invalid_credentials' }),
  renewed: answer(200, tokens),
  refused: answer(401, { error: 'invalid_grant' }),
};
const session = { token: 'opaque', _id: '7', userName: 'ada', roles: ['admin'] };
const scripts: Readonly<Record<string, ProviderScript>> = {
  'jwtServer()': byBody,
  'jwtServer() by cookie': {
    ...byBody,
    provider: () => jwtServer({ url: 'https://auth.test', refreshToken: 'cookie' }),
  },
  'averos()': {
    provider: () => averos({ url: 'https://auth.test' }),
    input: { userName: 'ada', password: 'secret' },
    signedIn: answer(200, { auth_token: session }),
    wrongPassword: answer(401, { message: 'no' }),
    renewed: answer(200, { auth_token: session }),
    refused: answer(460, { message: 'over' }),
  },
};

describe('The promises of a provider', () => {
  for (const [name, script] of Object.entries(scripts)) {
    describe(`are kept by ${name}`, () => {
      for (const { name: promise, check } of providerPromises(script)) {
        it(promise, async () => {
          await expectAsync(check()).toBeResolved();
        });
      }
    });
  }
});
