import type { Command, Script, Setup } from '../world/command';

/**
 * What three tabs of one browser may do to each other while a session is renewed. The last two are time: enough for one answer or one
 * message, and enough for a turn to be stolen.
 */
const MOVES: readonly Command[] = [
  { do: 'refresh', tab: 0, then: 0 },
  { do: 'refresh', tab: 1, then: 0 },
  { do: 'sign out', tab: 0, then: 0 },
  { do: 'sign in', tab: 1, user: 'grace', then: 0 },
  { do: 'freeze', tab: 0, politely: false, then: 0 },
  { do: 'thaw', tab: 0, then: 0 },
  { do: 'crash', tab: 2, then: 0 },
  { do: 'trouble', trouble: 'late-answer', times: 1, then: 0 },
  { do: 'latency', latency: 20, then: 25 },
  { do: 'latency', latency: 20, then: 16_000 },
];

/** Strict and not, with locks and without. */
const SETUPS = 4;

function setupAt(number: number): Setup {
  return {
    seed: 0,
    tabs: 3,
    renewable: true,
    rotation: number % 2 === 0 ? 'strict' : 'grace',
    life: 60,
    delivery: 'prompt',
    locks: number < 2,
    clockAhead: 0,
    slowness: 5,
    latency: 20,
  };
}

/** How many worlds it takes to try every order of so many moves. */
export function ordersOf(depth: number): number {
  return SETUPS * MOVES.length ** depth;
}

/** One of them, by its number. */
export function orderAt(number: number, depth: number): Script {
  const first: Command = { do: 'sign in', tab: 0, user: 'ada', then: 3_000 };
  const moves = movesAt(Math.floor(number / SETUPS), depth);
  return { setup: setupAt(number % SETUPS), commands: [first, ...moves] };
}

/** The digits of the number, each of them a move. */
function movesAt(number: number, depth: number): readonly Command[] {
  if (depth === 0) return [];
  const move = number % MOVES.length;
  return [...MOVES.slice(move, move + 1), ...movesAt(Math.floor(number / MOVES.length), depth - 1)];
}
