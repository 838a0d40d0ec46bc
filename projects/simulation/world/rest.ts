import type { Tab } from './tab';
import type { World } from './world';

/** Longer than any back-off: a server may ask to wait for an hour. Nobody looks, so that little happens. */
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
    tab.page.visible = false;
    tab.wantedAt = tab.page.ran;
    tab.page.left = false;
    tab.page.thaw();
    tab.wokenAt = world.time.now;
    tab.ranWhenWoken = tab.page.ran;
    tab.woken();
  }
  if (database.everFailed) await mend(world);
  await world.pass(LONG_ENOUGH);
  for (const tab of tabs) {
    tab.page.visible = true;
    tab.woken();
  }
  await world.pass(2_000);
  const served = new Set<Tab>();
  const asking = tabs.filter(({ engine }) => engine.state().record !== null);
  for (const tab of asking) {
    tab.page.run(() => {
      void tab.engine.token().then(
        token => token !== null && served.add(tab),
        () => undefined,
      );
    });
  }
  await world.pass(16_000);
  // Without a channel, a tab hears of the others when it is looked at; the first look may make one of them try again.
  for (const span of [40_000, 2_000]) {
    for (const tab of tabs) tab.woken();
    await world.pass(span);
  }
  const rescued = await rejectAll(world);
  for (const tab of tabs) {
    const lost = world.setup.renewable && !database.everFailed && !rescued.has(tab);
    world.demand('recovery', lost ? dropped(world, tab) : undefined);
    world.demand('recovery', sameAsKept(world, tab));
    const unserved = asking.includes(tab) && !served.has(tab);
    world.demand('recovery', unserved ? dropped(world, tab) : undefined);
  }
  await world.pass(0);
}

/** Makes all tokens worthless, and has every tab ask for another because of that; answers those that got one. */
async function rejectAll(world: World): Promise<ReadonlySet<Tab>> {
  const rescued = new Set<Tab>();
  if (!world.setup.renewable) return rescued;
  world.server.forgetAccessTokens();
  // A tab that has not heard of the others may get a token of theirs that is dead as well, and has to be asked twice.
  for (let round = 1; round <= 2; round += 1) {
    for (const tab of world.tabs.filter(each => !rescued.has(each))) {
      tab.page.run(() => {
        void callApi(world, tab).then(
          served => served && rescued.add(tab),
          () => undefined,
        );
      });
    }
    await world.pass(40_000);
  }
  return rescued;
}

/** What the interceptor does: a call, and another with the token that is given in place of a rejected one. */
async function callApi({ api }: World, { engine, page }: Tab): Promise<boolean> {
  const token = await engine.token();
  if (token === null) return false;
  if (await api(page, token.held.token)) return true;
  const fresh = await engine.rejected({ ...token, proven: true, replayed: false });
  return fresh !== null && api(page, fresh.held.token);
}

/** What a tab alone knows is stored with the next renewal. */
async function mend(world: World): Promise<void> {
  for (const { page } of world.tabs) page.visible = true;
  for (const tab of world.tabs) tab.woken();
  await world.pass(400_000);
  for (const tab of world.tabs) {
    tab.page.visible = false;
    tab.wantedAt = tab.page.ran;
  }
}

function sameAsKept({ database }: World, { page, engine }: Tab): string | undefined {
  const { phase, record, endedEpoch } = engine.state();
  const kept = database.record?.ended === undefined ? database.record : undefined;
  // A page that was made for one user does not go on as another, nor one that was logged out with a session that began before.
  const declined = record === null && kept !== undefined && kept.epoch <= endedEpoch;
  if (record?.sid === kept?.sid || declined || database.everFailed) return undefined;
  return `tab ${page.id} is ${phase}, and the record is another`;
}

/** The first promise of all: as long as the server has the session, the user has it. */
function dropped({ server }: World, { page, engine }: Tab): string | undefined {
  const { phase, record } = engine.state();
  const family = server.families.get(record?.held.secret ?? '');
  return family?.over === null ? `tab ${page.id} is ${phase} although nothing is wrong` : undefined;
}
