import { signedOutAtOnce, silentWhileAway } from '../invariants/logout';
import type { Action } from './command';
import type { Tab } from './tab';
import type { World } from './world';

/** Carries one action out. */
export function act(world: World, action: Action): void {
  const { server, network, computer, ledger, time, database, setup } = world;
  const tab = 'tab' in action ? world.tabs[action.tab % world.tabs.length] : undefined;
  if (tab !== undefined) {
    actInTab(world, tab, action);
    return;
  }
  switch (action.do) {
    case 'open':
      if (world.tabs.length < 5) world.open();
      return;
    case 'sleep':
      fallAsleep(world, action.span);
      return;
    case 'set the clock':
      ledger.clockSetAt = time.now;
      computer.offset += action.ahead;
      return;
    case 'go offline or online':
      network.online = !network.online;
      if (network.online) for (const each of world.tabs) wake(world, each);
      return;
    case 'trouble':
      for (let count = 0; count < action.times; count += 1) network.troubles.push(action.trouble);
      return;
    case 'latency':
      network.latency = action.latency;
      return;
    case 'revoke': {
      server.revoke(action.user);
      return;
    }
    case 'forget access tokens': {
      server.forgetAccessTokens();
      return;
    }
    case 'reject all tokens':
      server.apiRejectsAll = action.all;
      return;
    case 'storage':
      // Without locks, tabs that cannot share a record either know nothing of each other.
      if (!setup.locks) return;
      database.trouble = action.trouble;
      return;
  }
}

function actInTab(world: World, tab: Tab, action: Action): void {
  const { page } = tab;
  switch (action.do) {
    case 'sign in': {
      page.run(() => tab.signIn(action.user));
      return;
    }
    case 'sign out': {
      page.run(() => signOut(world, tab));
      return;
    }
    case 'request':
      for (let count = 0; count < action.times; count += 1) page.run(() => tab.request(action.ahead));
      return;
    case 'visit':
      page.run(() => tab.visit(action.url, world.covers(action.url)));
      return;
    case 'refresh': {
      page.run(() => tab.refresh());
      return;
    }
    case 'reject':
      page.run(() => {
        const token = tab.engine.usable();
        if (token !== null) tab.reject(token, action.proven);
      });
      return;
    case 'show or hide':
      page.visible = !page.visible;
      tab.wantedAt = page.ran;
      wake(world, tab);
      return;
    case 'freeze':
      if (action.politely) leave(world, tab);
      else freeze(world, tab);
      return;
    case 'thaw':
      thaw(world, tab);
      return;
    case 'crash': {
      world.close(tab);
      return;
    }
    case 'reload':
      world.close(tab);
      world.open();
      return;
    default:
      return;
  }
}

function signOut(world: World, tab: Tab): void {
  // A sign-in that is under way comes after it.
  // Whether another session began before or after it is told by the clocks.
  const { clockSetAt, writtenAt } = world.ledger;
  const timely = clockSetAt === -Infinity && world.time.now - writtenAt > 200;
  const { phase, record } = tab.engine.state();
  // A page that shows nobody logs nobody out, and may learn a moment later who has signed in elsewhere.
  const known = timely && record !== null && phase !== 'restoring' && !tab.isAsking('sign-in');
  tab.signOut();
  // A logout begins with a promise; what the page does next comes after it.
  if (known) world.time.after(0, () => world.demand('I12', signedOutAtOnce(tab)));
}

function freeze({ network }: World, { page }: Tab): void {
  network.stall(page);
  page.freeze();
}

/** The page goes into the browser's back-forward cache, or is frozen by it, and is told so. */
function leave(world: World, tab: Tab): void {
  if (tab.page.frozen) return;
  tab.left();
  world.demand('I12', silentWhileAway(tab));
  tab.page.left = true;
  freeze(world, tab);
}

function thaw(world: World, tab: Tab): void {
  const { page } = tab;
  if (!page.frozen) return;
  page.thaw();
  if (!page.left) return;
  page.left = false;
  wake(world, tab);
}

function fallAsleep(world: World, span: number): void {
  const awake = world.tabs.filter(({ page }) => !page.frozen);
  for (const tab of awake) freeze(world, tab);
  world.time.after(span, () => {
    for (const tab of awake) {
      thaw(world, tab);
      wake(world, tab);
    }
  });
}

function wake(world: World, tab: Tab): void {
  if (!tab.page.frozen) {
    tab.wokenAt = world.time.now;
    tab.ranWhenWoken = tab.page.ran;
  }
  tab.woken();
}
