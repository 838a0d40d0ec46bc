import { setTimeout } from 'node:timers/promises';

/**
 * Asks again and again until the answer is yes.
 *
 * @param patience milliseconds
 * @returns after how many milliseconds it was, or `null` if it never was
 */
export async function until(
  patience: number,
  isSo: () => Promise<boolean>,
  pause = 100,
): Promise<number | null> {
  const begin = Date.now();
  for (;;) {
    if (await isSo()) return Date.now() - begin;
    if (Date.now() - begin > patience) return null;
    await setTimeout(pause);
  }
}
