import { type RecordStore, memoryStore } from 'ngx-latchkey/core';
import { EngineWorld } from '../../testing-support/engine-world';
import { steadfastStore } from './steadfast-store';

describe('Faults: a storage that fails', () => {
  it('F54: a token that cannot be stored is used from memory, the old one is never sent again, and it is said', async () => {
    const world = new EngineWorld();
    const disk = memoryStore();
    let full = false;
    let told = 0;
    let mended = 0;
    const flaky: RecordStore = {
      read: () => disk.read(),
      change: decide => (full ? Promise.reject(new Error('full')) : disk.change(decide)),
    };
    world.store = steadfastStore(
      flaky,
      () => (told += 1),
      () => (mended += 1),
    );
    const tab = world.tab();
    await tab.signIn();
    const { transport } = world;
    world.transport = async (request, deadline) => {
      const answer = await transport(request, deadline);
      full = true;
      return answer;
    };
    await tab.engine.refresh();
    expect([tab.engine.usable()?.held.token, told]).toEqual(['access-2', 1]);
    await tab.engine.refresh();
    expect(world.server.to('/auth/refresh').map((request): unknown => request.json)).toEqual([
      { refreshToken: 'refresh-1' },
      { refreshToken: 'refresh-2' },
    ]);
    world.transport = transport;
    full = false;
    await tab.engine.refresh();
    expect([JSON.stringify(await disk.read()).includes('refresh-4'), mended]).toEqual([true, 1]);
  });

  it('F54: a logout in another tab ends a session that only memory knows', async () => {
    const world = new EngineWorld();
    const disk = memoryStore();
    let full = false;
    const steadfast = steadfastStore(
      {
        read: () => disk.read(),
        change: decide => (full ? Promise.reject(new Error()) : disk.change(decide)),
      },
      () => undefined,
      () => undefined,
    );
    world.store = steadfast;
    const tab = world.tab();
    await tab.signIn();
    full = true;
    await tab.engine.refresh();
    await disk.change(record => record && { ...record, held: undefined, ended: { reason: 'user', at: 0 } });
    world.wake();
    await world.clock.advance(0);
    expect(tab.engine.state().endReason).toBe('user-other-tab');
  });

  it('F57: a record that cannot be read makes nobody, and no constructor throws', async () => {
    const world = new EngineWorld();
    world.store = { read: () => Promise.reject(new Error('broken')), change: memoryStore().change };
    const tab = world.tab();
    await tab.engine.settled();
    expect(tab.phase).toBe('anonymous');
  });
});
