import type { IconName } from '../icon/icon-paths';
import type { FaultOrder, TokenPolicy } from '../server/auth-server';

/** One thing that a scenario does, in order. */
export type FaultStep =
  | { readonly do: 'fault'; readonly fault: FaultOrder }
  | { readonly do: 'settings'; readonly settings: Partial<TokenPolicy> }
  /** The server refuses all tokens; expired and revoked look the same to an API. */
  | { readonly do: 'expire' | 'revoke' | 'clear' | 'reset' }
  /** The application's part: renew the token, or call an API. */
  | { readonly do: 'refresh' | 'call' };

export interface FaultScenario {
  /** Names the button for tests. */
  readonly name: string;
  readonly icon: IconName;
  readonly title: string;
  /** What one should see. */
  readonly expect: string;
  readonly steps: readonly FaultStep[];
}

export interface FaultGroup {
  readonly title: string;
  readonly scenarios: readonly FaultScenario[];
}

function onRefresh(fault: Omit<FaultOrder, 'on'>): readonly FaultStep[] {
  return [{ do: 'fault', fault: { on: 'refresh', ...fault } }, { do: 'refresh' }];
}

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'A renewal goes wrong',
    scenarios: [
      {
        name: 'refresh-500',
        icon: 'server',
        title: 'Server error, twice',
        expect: 'Two failed renewals, then one that works. Still signed in all the time.',
        steps: onRefresh({ kind: 'status', status: 500, times: 2 }),
      },
      {
        name: 'refresh-429',
        icon: 'clock',
        title: 'Too many requests',
        expect: 'The server asks for 5 seconds; the next try comes after them, not before.',
        steps: onRefresh({ kind: 'status', status: 429, retryAfter: 5 }),
      },
      {
        name: 'refresh-html',
        icon: 'code',
        title: 'A Wi-Fi portal answers, twice',
        expect: 'A web page with status 200 is not taken for a refusal: unexpected-answer, then success.',
        steps: onRefresh({ kind: 'html', times: 2 }),
      },
      {
        name: 'refresh-redirect',
        icon: 'arrow',
        title: 'A redirect',
        expect: 'The secret does not follow it: unreachable, then a renewal that works.',
        steps: onRefresh({ kind: 'redirect' }),
      },
      {
        name: 'refresh-hang',
        icon: 'clock',
        title: 'No answer at all',
        expect: 'Given up after 10 seconds as no-answer; the next try works.',
        steps: onRefresh({ kind: 'hang' }),
      },
      {
        name: 'refresh-drop',
        icon: 'plug',
        title: 'The answer gets lost',
        expect:
          'The server renews, the line breaks. The repeat gets the same new token, unless rotation is strict.',
        steps: onRefresh({ kind: 'drop' }),
      },
      {
        name: 'refresh-delay',
        icon: 'clock',
        title: 'A slow answer',
        expect: 'The renewal takes 4 seconds; meanwhile calls go on with the token there is.',
        steps: onRefresh({ kind: 'delay', delay: 4_000 }),
      },
      {
        name: 'outage',
        icon: 'plug',
        title: 'A short outage',
        expect:
          '10-second tokens and a server that is away: after 10 s “Reconnecting…”, then all is well again.',
        steps: [
          { do: 'settings', settings: { accessTokenLifetime: 10 } },
          { do: 'refresh' },
          { do: 'fault', fault: { on: 'refresh', kind: 'status', status: 503, times: 3 } },
        ],
      },
    ],
  },
  {
    title: 'Tokens and sessions',
    scenarios: [
      {
        name: 'expire',
        icon: 'clock',
        title: 'Tokens expire at the server',
        expect: 'The call is refused, the token renewed, the call sent again. The page sees one answer.',
        steps: [{ do: 'expire' }, { do: 'call' }],
      },
      {
        name: 'short-life',
        icon: 'clock',
        title: 'Tokens live 10 seconds',
        expect: 'A renewal every 10 seconds while this tab is in view. Reset puts it back.',
        steps: [{ do: 'settings', settings: { accessTokenLifetime: 10 } }, { do: 'refresh' }],
      },
      {
        name: 'revoke',
        icon: 'logout',
        title: 'The session is revoked',
        expect: 'The one thing that logs out: the server refuses the renewal. Once, with a reason.',
        steps: [{ do: 'revoke' }, { do: 'call' }],
      },
      {
        name: 'login-503',
        icon: 'login',
        title: 'The login fails once',
        expect: 'Log out, then in: the first try says that the server has trouble, the second works.',
        steps: [{ do: 'fault', fault: { on: 'login', kind: 'status', status: 503 } }],
      },
    ],
  },
  {
    title: 'The server’s rules',
    scenarios: [
      {
        name: 'rotation-strict',
        icon: 'shield',
        title: 'Strict rotation',
        expect: 'A refresh token works once. A lost answer now ends the session.',
        steps: [{ do: 'settings', settings: { rotation: 'strict' } }],
      },
      {
        name: 'rotation-grace',
        icon: 'shield',
        title: 'Forgiving rotation',
        expect: 'A repeat within 30 seconds gets the same new token. The default.',
        steps: [{ do: 'settings', settings: { rotation: 'grace' } }],
      },
      {
        name: 'clear',
        icon: 'check',
        title: 'Clear the faults',
        expect: 'The server behaves again and tokens live 15 minutes. Sessions stay.',
        steps: [
          { do: 'clear' },
          { do: 'settings', settings: { accessTokenLifetime: 900, rotation: 'grace' } },
        ],
      },
      {
        name: 'reset',
        icon: 'refresh',
        title: 'Reset the server',
        expect: 'Only the seeded users are left and every session is gone: the next call logs you out.',
        steps: [
          { do: 'settings', settings: { accessTokenLifetime: 900, rotation: 'grace' } },
          { do: 'reset' },
        ],
      },
    ],
  },
];
