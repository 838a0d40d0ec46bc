import type { World } from './world';

/** Longer than any back-off: a server may ask to wait for an hour. */
const LONG_ENOUGH = 4_500_000;

/** Heals everything, lets all come to an end, and sees that each tab is what the storage says, and can work. */
export async function rest(world: World): Promise<void> {
  const { network, server, database, tabs } = world;
  network.troubles.length = 0;
  network.online = true;
  network.latency = 20;
  server.apiRejectsAll = false;
  database.trouble = null;
  for (const tab of tabs) {
    tab.page.visible = true;
    tab.page.left = false;
    tab.page.thaw();
    tab.wokenAt = world.time.now;
    tab.woken();
  }
  await world.pass(LONG_ENOUGH);
  for (const tab of tabs) tab.woken();
  await world.pass(2_000);
  for (const { page, engine } of tabs) {
    const { phase, record, endReason } = engine.state();
    const kept = database.record?.ended === undefined ? database.record?.sid : undefined;
    const apart = record?.sid !== kept && endReason !== 'account-switch' && !database.everFailed;
    world.demand('recovery', apart ? `tab ${page.id} is ${phase}, and the record is another` : undefined);
    const family = server.families.get(record?.held.secret ?? '');
    const lost = record !== null && family?.over === null && engine.usable() === null;
    world.demand('recovery', lost ? `tab ${page.id} is ${phase} although nothing is wrong` : undefined);
  }
  await world.pass(0);
}
