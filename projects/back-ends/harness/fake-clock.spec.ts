import { installFakeClock } from './fake-clock';

describe('the fake clock', () => {
  afterEach(() => {
    jasmine.clock().uninstall();
  });

  it('lets a timer from before be cleared', async () => {
    let wentOff = false;
    const timer = setTimeout(() => (wentOff = true), 1);
    installFakeClock();
    clearTimeout(timer);
    jasmine.clock().uninstall();
    // Timers of the same length go off in turn.
    await new Promise(resolve => setTimeout(resolve, 1));
    expect(wentOff).toBeFalse();
  });

  it('lets its own timers be cleared', () => {
    installFakeClock();
    const heard: string[] = [];
    const timer = setTimeout(() => heard.push('cleared'), 1);
    setTimeout(() => heard.push('kept'), 1);
    clearTimeout(timer);
    jasmine.clock().tick(1);
    expect(heard).toEqual(['kept']);
  });

  it('leaves the real functions behind', () => {
    const real = [setTimeout, clearTimeout, setInterval, clearInterval];
    installFakeClock();
    jasmine.clock().uninstall();
    expect([setTimeout, clearTimeout, setInterval, clearInterval]).toEqual(real);
  });
});
