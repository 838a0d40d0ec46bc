/**
 * Resolves when it is so. Rejects after a time, in milliseconds, that only says when to give up: it is long, because a busy machine is
 * no failure.
 */
export async function until(isSo: () => boolean | Promise<boolean>, patience = 30_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not within ${patience} ms: ${String(isSo)}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
