import type { AuthProvider, SessionPorts } from 'ngx-latchkey/core';
import { Page } from './page';
import { Tab } from './tab';
import type { World } from './world';

/** The most milliseconds by which the clocks of two pages differ. */
const DRIFT = 100;

/** Opens a tab: a page, ports made of what the world has, and the real engine on them. */
export function openTab(world: World, id: number): Tab {
  const { library, time, chance, network, database, locks, channel } = world;
  const page = new Page(id, time, world.computer, Math.round(chance.upTo(DRIFT)));
  const heard = { woken: (): void => undefined, left: (): void => undefined };
  const opened: { tab?: Tab } = {};
  const reads = { count: 0 };
  const store = library.steadfastStore(
    database.storeOf(page),
    () => {
      world.ledger.count('fault memory took over');
      locks.hold(page, true);
    },
    () => {
      locks.hold(page, false);
    },
  );
  const ports: SessionPorts = {
    clock: page.clock,
    store: {
      read: () => {
        reads.count += 1;
        return store.read();
      },
      change: decide => store.change(decide),
    },
    lock: locks.lockOf(page),
    channel: channel.channelOf(page),
    transport: network.transportOf(page, () => opened.tab?.isAsking('rejection') ?? false),
    attention: attentionOf(world, page, heard),
    random: chance.number,
    uniqueId: () => world.nextName(),
  };
  Page.running = page;
  const engine = library.createSessionEngine(providerOf(world), ports);
  world.demand('I13', reads.count > 0 ? 'the engine read its record before it was started' : undefined);
  const attention = { woken: () => page.run(heard.woken), left: () => page.run(heard.left) };
  const tab = new Tab(page, engine, attention, world.observer, world.api);
  opened.tab = tab;
  engine.start();
  return tab;
}

function providerOf({ library, setup }: World): AuthProvider {
  const provider = library.jwtServer({ url: 'https://auth.test', rotation: setup.rotation });
  return setup.renewable ? provider : { ...provider, session: { kind: 'fixed' } };
}

function attentionOf(
  { network }: World,
  page: Page,
  heard: { woken: () => void; left: () => void },
): SessionPorts['attention'] {
  return {
    visible: () => page.visible,
    online: () => network.online,
    listen: (woken, left) => {
      heard.woken = woken;
      heard.left = left;
      return () => {
        heard.woken = heard.left = (): void => undefined;
      };
    },
  };
}
