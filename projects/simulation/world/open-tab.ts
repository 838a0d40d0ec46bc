import type { Lock, RecordStore, SessionPorts } from 'ngx-latchkey/core';
import { Page } from './page';
import { Tab } from './tab';
import type { World } from './world';

/** Opens a tab: a page, ports made of what the world has, and the real engine on them. */
export function openTab(world: World, id: number): Tab {
  const { library, time, chance, network, database, locks, channel, setup } = world;
  const page = new Page(id, time, world.computer, Math.round(chance.upTo(100)));
  const heard = { woken: (): void => undefined, left: (): void => undefined };
  let tab: Tab | null = null;
  let touched = false;
  const store: RecordStore = library.steadfastStore(database.storeOf(page), () => {
    world.ledger.count('fault memory took over');
  });
  const ports: SessionPorts = {
    clock: page.clock,
    store: {
      read: () => {
        touched = true;
        return store.read();
      },
      change: decide => store.change(decide),
    },
    lock: locks.lockOf(page) as Lock,
    channel: channel.channelOf(page),
    transport: network.transportOf(page, () => tab?.asking ?? false),
    attention: attentionOf(world, page, heard),
    random: chance.number,
    uniqueId: () => world.nextName(),
  };
  const provider = library.jwtServer({ url: 'https://auth.test', rotation: setup.rotation });
  const engine = library.createSessionEngine(provider, ports);
  world.demand('I13', touched ? 'the engine read its record before it was started' : undefined);
  const attention = { woken: () => page.run(heard.woken), left: () => page.run(heard.left) };
  tab = new Tab(page, engine, attention, world.observer, world.api);
  engine.start();
  return tab;
}

function attentionOf(
  { network }: World,
  page: Page,
  heard: { woken: () => void; left: () => void },
): SessionPorts['attention'] {
  const attention = {
    visible: () => page.visible,
    online: () => network.online,
    listen: (woken: () => void, left?: () => void) => {
      heard.woken = woken;
      heard.left = left ?? ((): void => undefined);
      return () => {
        heard.woken = heard.left = (): void => undefined;
      };
    },
  };
  return attention;
}
