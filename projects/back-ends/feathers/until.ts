/** Resolves when it is so; rejects when it is not within the deadline. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  deadline = 4_000,
): Promise<void> {
  const end = Date.now() + deadline;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not within ${deadline} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
