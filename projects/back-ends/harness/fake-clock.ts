/**
 * Installs the fake clock, and lets timers from before be cleared as ever. Connections of `fetch` outlive the specs that
 * opened them: one that closes under a clock that does not know its timer leaves it to go off in a later spec, where the
 * connection is gone.
 */
export function installFakeClock(): jasmine.Clock {
  const real = { clearTimeout, clearInterval };
  const clock = jasmine.clock().install();
  const fake = { clearTimeout, clearInterval };
  // The clock puts the real ones back itself.
  globalThis.clearTimeout = timer => {
    real.clearTimeout(timer);
    fake.clearTimeout(timer);
  };
  globalThis.clearInterval = timer => {
    real.clearInterval(timer);
    fake.clearInterval(timer);
  };
  return clock;
}
