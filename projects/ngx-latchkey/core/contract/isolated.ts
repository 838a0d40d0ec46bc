/**
 * Runs code of the application in the middle of work that it must not stop: what it throws becomes an unhandled error of the page.
 *
 * @returns `undefined` if it threw
 */
export function isolated<Result>(task: () => Result): Result | undefined {
  try {
    return task();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
    return undefined;
  }
}
