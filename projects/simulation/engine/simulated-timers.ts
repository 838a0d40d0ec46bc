/** The few timers that the library sets without its clock: they run in the page whose code is running. */
export const simulatedTimers = {
  set: (_task: () => void, _delay: number): unknown => undefined,
  clear: (_timer: unknown): void => undefined,
};
