import { AuthError } from 'ngx-latchkey';
import { TokenSourceDouble } from '../testing-support/token-source-double';
import { graphqlHeaders, graphqlWsConnection } from './graphql';

const url = 'wss://api.test/graphql';

describe('graphqlWsConnection', () => {
  let tokens: TokenSourceDouble;
  let closes: unknown[];

  beforeEach(() => {
    tokens = new TokenSourceDouble();
    closes = [];
  });

  const socket = { close: (code?: number, reason?: string) => closes.push([code, reason]) };

  it('begins with the token of the moment', async () => {
    const connection = graphqlWsConnection(tokens, { url });
    expect(connection.url).toBe(url);
    expect(await connection.connectionParams()).toEqual({ Authorization: 'Bearer ada-1' });
    tokens.become('ada-2');
    expect(await connection.connectionParams()).toEqual({ Authorization: 'Bearer ada-2' });
  });

  it('begins as the server wants it', async () => {
    const params = (token: string) => ({ token, workspaceId: 'ckx' });
    const { connectionParams } = graphqlWsConnection(tokens, { url, params });
    expect(await connectionParams()).toEqual({ token: 'ada-1', workspaceId: 'ckx' });
  });

  it('does not begin without a token', async () => {
    const { connectionParams } = graphqlWsConnection(tokens, { url });
    tokens.current = null;
    await expectAsync(connectionParams()).toBeRejectedWithError(AuthError, /unauthenticated/);
    tokens.trouble = new AuthError({ failure: 'not-now', code: 'temporarily-unavailable' });
    await expectAsync(connectionParams()).toBeRejectedWith(tokens.trouble);
  });

  it('is begun anew with a renewed token, and is over with the session', () => {
    const { on } = graphqlWsConnection(tokens, { url });
    on.opened(socket);
    tokens.become('ada-2');
    on.closed();
    tokens.become('ada-3');
    on.opened(socket);
    on.opened(socket);
    tokens.become(null);
    expect(closes).toEqual([
      [4205, 'Client Restart'],
      [4401, 'Unauthorized'],
    ]);
    on.closed();
    expect(tokens.watched).toBeFalse();
  });

  it('goes nowhere that is not allowed', () => {
    expect(() => graphqlWsConnection(tokens, { url: 'wss://evil.test' })).toThrowError(
      AuthError,
      /origin-not/,
    );
    expect(() => graphqlWsConnection(tokens, { url: 'ws://api.test' })).toThrowError(
      AuthError,
      /insecure-url/,
    );
    expect(() => graphqlHeaders(tokens, { url: 'https://evil.test' })).toThrowError(AuthError, /origin-not/);
  });
});

describe('graphqlHeaders', () => {
  it('gives the headers of the moment, none while nobody is signed in, and no request without a token that is coming', async () => {
    const tokens = new TokenSourceDouble();
    const headers = graphqlHeaders(tokens, { url: 'https://api.test/graphql' });
    expect(await headers()).toEqual({ Authorization: 'Bearer ada-1' });
    tokens.current = null;
    expect(await headers()).toEqual({});
    tokens.trouble = new Error('temporarily-unavailable');
    await expectAsync(headers()).toBeRejectedWith(tokens.trouble);
  });
});
