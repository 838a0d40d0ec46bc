import { ASLEEP, REJECTED } from './bursts';
import { CUT, UNAVAILABLE, WEB_PAGE } from './failed-renewals';
import { LOGOUT } from './logout';
import { RELOAD } from './reload';
import type { Scenario } from './scenario';
import { TOKEN_ADDRESSES } from './token-addresses';
import { DUPLICATED, TWO_TABS } from './two-tabs';

/** In the order of the page. */
export const SCENARIOS: readonly Scenario[] = [
  REJECTED,
  ASLEEP,
  TWO_TABS,
  DUPLICATED,
  UNAVAILABLE,
  WEB_PAGE,
  CUT,
  LOGOUT,
  TOKEN_ADDRESSES,
  RELOAD,
];
