import { TokenSourceDouble } from '../testing-support/token-source-double';
import { type Line, liveConnection } from './live-connection';

interface Opened {
  readonly token: string;
  readonly line: Line;
  closed: boolean;
  readonly renewals: string[];
}

describe('A live connection', () => {
  let tokens: TokenSourceDouble;
  let opened: Opened[];
  let takesRenewals: boolean;
  let overs: number;
  let close: () => void;

  beforeEach(async () => {
    jasmine.clock().install().mockDate();
    spyOn(Math, 'random').and.returnValue(1);
    tokens = new TokenSourceDouble();
    opened = [];
    overs = 0;
    takesRenewals = true;
    close = liveConnection(
      tokens,
      (token, line) => {
        const connection: Opened = { token, line, closed: false, renewals: [] };
        opened.push(connection);
        return {
          close: () => (connection.closed = true),
          renew(renewed) {
            connection.renewals.push(renewed);
            return takesRenewals;
          },
        };
      },
      () => (overs += 1),
    );
    await pass(0);
  });

  afterEach(() => {
    close();
    jasmine.clock().uninstall();
  });

  const pass = async (span: number): Promise<void> => {
    jasmine.clock().tick(span);
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
  };
  const newest = (): Opened => {
    const last = opened.at(-1);
    if (!last) throw new Error('nothing was opened');
    return last;
  };
  const live = (): Opened[] => opened.filter(({ closed }) => !closed);
  const tokensOf = (): string[] => opened.map(({ token }) => token);

  it('opens with the token of who is signed in', () => {
    expect(tokensOf()).toEqual(['ada-1']);
  });

  it('waits for somebody to sign in', async () => {
    tokens.become(null);
    expect(live()).toEqual([]);
    await pass(100_000);
    tokens.become('eve-1');
    await pass(0);
    expect(tokensOf()).toEqual(['ada-1', 'eve-1']);
  });

  it('is closed with the session, in the same moment, and not opened again', async () => {
    tokens.become(null);
    expect(newest().closed).toBeTrue();
    expect(overs).toBe(1);
    newest().line.lost('pass');
    await pass(100_000);
    expect(opened.length).toBe(1);
  });

  it('is not opened again by what is on its way when the session ends', async () => {
    newest().line.lost('pass');
    tokens.become(null);
    await pass(100_000);
    expect(opened.length).toBe(1);
  });

  it('passes a renewed token on, once', () => {
    tokens.become('ada-2');
    tokens.become('ada-2');
    expect(newest().renewals).toEqual(['ada-2']);
    expect(opened.length).toBe(1);
  });

  it('is opened anew for a renewed token that it does not take', async () => {
    takesRenewals = false;
    tokens.become('ada-2');
    await pass(0);
    expect(tokensOf()).toEqual(['ada-1', 'ada-2']);
    expect(live().length).toBe(1);
  });

  it('waits for longer after each break, half a minute at most, and never holds two', async () => {
    for (const wait of [1, 2, 4, 8, 16, 30, 30]) {
      newest().line.lost('pass');
      const before = opened.length;
      await pass(wait * 1000 - 1);
      expect(opened.length).toBe(before);
      await pass(1);
      expect(opened.length).toBe(before + 1);
      newest().line.up();
      expect(live().length).toBe(1);
    }
  });

  it('draws the wait', async () => {
    (Math.random as jasmine.Spy).and.returnValue(0.25);
    newest().line.lost('pass');
    await pass(249);
    expect(opened.length).toBe(1);
    await pass(1);
    expect(opened.length).toBe(2);
  });

  it('waits for as long as the server wants', async () => {
    newest().line.lost('pass', 5_000);
    await pass(5_999);
    expect(opened.length).toBe(1);
    await pass(1);
    expect(opened.length).toBe(2);
  });

  it('begins with short waits again after a connection that lasted', async () => {
    for (let breaks = 0; breaks < 4; breaks += 1) {
      newest().line.lost('pass');
      await pass(30_000);
    }
    newest().line.up();
    await pass(10_000);
    newest().line.lost('pass');
    await pass(1_000);
    expect(opened.length).toBe(6);
  });

  it('hears one connection once', async () => {
    const first = newest();
    first.line.lost('pass');
    first.line.lost('pass');
    await pass(1_000);
    first.line.lost('pass');
    first.line.stop();
    await pass(100_000);
    expect(opened.length).toBe(2);
    expect(live().length).toBe(1);
  });

  it('tries again when there is no token for the moment', async () => {
    tokens.trouble = new Error('temporarily-unavailable');
    newest().line.lost('pass');
    await pass(1_000);
    await pass(2_000);
    expect(opened.length).toBe(1);
    tokens.trouble = undefined;
    await pass(4_000);
    expect(opened.length).toBe(2);
  });

  it('asks for another token when the server does not take this one, and says so when it was a new one', async () => {
    tokens.successor = 'ada-2';
    newest().line.lost('token-dead');
    await pass(0);
    await pass(1_000);
    newest().line.lost('token-dead');
    await pass(0);
    await pass(2_000);
    expect(tokensOf()).toEqual(['ada-1', 'ada-2', 'ada-2']);
    expect(tokens.rejections).toEqual([
      ['ada-1', 'token-dead', false],
      ['ada-2', 'token-dead', true],
    ]);
  });

  it('stops until somebody signs in again', async () => {
    newest().line.stop();
    tokens.become('ada-2');
    await pass(100_000);
    expect(opened.length).toBe(1);
    tokens.become(null);
    tokens.become('eve-1');
    await pass(0);
    expect(tokensOf()).toEqual(['ada-1', 'eve-1']);
  });

  it('is another one for another user', async () => {
    const adas = newest();
    tokens.become(null);
    tokens.become('eve-1');
    await pass(0);
    expect(adas.closed).toBeTrue();
    expect(live().map(({ token }) => token)).toEqual(['eve-1']);
  });

  it('does not open with a token that was asked for in another session', async () => {
    let give: (token: string) => void = () => undefined;
    tokens.token = () => new Promise(resolve => (give = resolve));
    newest().line.lost('pass');
    await pass(1_000);
    const giveAdas = give;
    tokens.become(null);
    tokens.become('eve-1');
    await pass(0);
    giveAdas('ada-2');
    await pass(0);
    expect(opened.length).toBe(1);
    give('eve-1');
    await pass(0);
    expect(tokensOf()).toEqual(['ada-1', 'eve-1']);
  });

  it('is over for good when it is closed', async () => {
    close();
    expect(newest().closed).toBeTrue();
    expect(tokens.watched).toBeFalse();
    newest().line.lost('pass');
    await pass(100_000);
    expect(opened.length).toBe(1);
  });
});
