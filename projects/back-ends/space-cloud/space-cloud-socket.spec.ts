import {
  type LiveSocketOptions,
  type SpaceCloudProject,
  spaceCloud,
  spaceCloudGraphqlSocket,
  spaceCloudSocket,
} from 'ngx-latchkey/space-cloud';
import { WebSocket } from 'ws';
import { type NodeTab, engineTokenSource, nodeTab } from '../harness/node-tab';
import { heardEvents } from './heard-events';
import { type SpaceCloudDouble, startSpaceCloudDouble } from './space-cloud-double';

const ADA = { email: 'ada@example.test', password: 'secret' };

describe('space-cloud: the sockets with a gateway', () => {
  let double: SpaceCloudDouble;
  let tab: NodeTab;
  let options: SpaceCloudProject & LiveSocketOptions;
  const closing: { close(): void }[] = [];

  const begin = async (tokenLife?: number): Promise<void> => {
    double = await startSpaceCloudDouble(tokenLife === undefined ? {} : { tokenLife });
    tab = nodeTab(spaceCloud({ url: double.address, project: 'shop', database: 'mongo' }));
    options = {
      url: double.address,
      project: 'shop',
      tokens: engineTokenSource(tab.engine),
      open: (url, protocol) => new WebSocket(url, protocol),
      reconnectAfter: 50,
    };
    await tab.engine.signIn(ADA);
    double.collections.insert('notes', { _id: 'n1', list: 'a', text: 'one' });
  };

  afterEach(async () => {
    for (const socket of closing.splice(0)) socket.close();
    tab.close();
    await double.close();
  });

  /** The same live query over either socket. */
  const kinds: readonly (readonly [string, (collection: string, skipInitial?: boolean) => Live])[] = [
    [
      'JSON',
      (collection, skipInitial = false) => {
        const socket = spaceCloudSocket(options);
        const listener = heardEvents();
        const where = { list: 'a' };
        const stop = socket.subscribe({ database: 'mongo', collection, where, skipInitial }, listener);
        closing.push(socket);
        return { listener, stop };
      },
    ],
    [
      'GraphQL',
      (collection, skipInitial = false) => {
        const socket = spaceCloudGraphqlSocket(options);
        const listener = heardEvents();
        const query = `subscription { ${collection}(where: { list: "a" }, skipInitial: ${skipInitial}) @mongo { type payload { text } } }`;
        const stop = socket.subscribe({ query }, listener);
        closing.push(socket);
        return { listener, stop };
      },
    ],
  ];

  for (const [name, subscribe] of kinds) {
    it(`${name}: tells of the documents there are and of those to come`, async () => {
      await begin();
      const { listener } = subscribe('notes');
      await listener.count(1);
      double.collections.insert('notes', { _id: 'n2', list: 'b' });
      double.collections.insert('notes', { _id: 'n3', list: 'a', text: 'three' });
      double.collections.remove('notes', { _id: 'n1' });
      const events = JSON.stringify(await listener.count(3));
      expect(events.match(/"(initial|insert|delete)"/g)).toEqual(['"initial"', '"insert"', '"delete"']);
      expect(events).toContain('three');
      const token = tab.engine.usable()?.held.token;
      const start = double.sockets.heard.at(-1)?.message;
      expect(start?.data?.['token'] ?? start?.payload?.['authToken']).toBe(token);
    });

    it(`${name}: says that a subscription is refused, and why`, async () => {
      await begin();
      const denied = subscribe('reports');
      const error = await denied.listener.over();
      expect(error?.code).toBe('subscription-refused');
      expect(error?.failure).toBe('refused');
      expect(error?.detail).toContain('do not match');
      expect(tab.engine.state().phase).toBe('fresh');
    });

    it(`${name}: comes back after a lost connection`, async () => {
      await begin();
      const { listener } = subscribe('notes');
      await listener.count(1);
      double.sockets.cut();
      await listener.count(2);
      double.collections.insert('notes', { list: 'a' });
      await listener.count(3);
      expect(listener.ends).toEqual([]);
    });

    it(`${name}: hears nothing more after it was stopped`, async () => {
      await begin();
      const { listener, stop } = subscribe('notes');
      await listener.count(1);
      stop();
      const other = subscribe('notes');
      await other.listener.count(1);
      double.collections.insert('notes', { list: 'a' });
      await other.listener.count(2);
      expect(listener.events.length).toBe(1);
      expect(double.sockets.heard.map(({ message }) => message.type)).toContain(
        name === 'JSON' ? 'realtime-unsubscribe' : 'stop',
      );
    });

    it(`${name}: is closed when the session ends`, async () => {
      await begin();
      const { listener } = subscribe('notes');
      await listener.count(1);
      await tab.engine.end('user');
      expect((await listener.over())?.code).toBe('session-ended');
      for (let turn = 0; turn < 100 && double.sockets.open() > 0; turn += 1) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      expect(double.sockets.open()).toBe(0);
      expect(listener.ends.length).toBe(1);
    });

    it(`${name}: outlives its token, and is refused with it afterwards`, async () => {
      await begin(2);
      const { listener } = subscribe('notes');
      await listener.count(1);
      const { receivedAt = 0, life = 0 } = tab.engine.state().record ?? {};
      await new Promise(resolve => setTimeout(resolve, receivedAt + (life ?? 0) + 50 - Date.now()));
      double.collections.insert('notes', { list: 'a' });
      await listener.count(2);
      const late = subscribe('notes');
      expect((await late.listener.over())?.code).toBe('subscription-refused');
      expect(listener.ends).toEqual([]);
      double.sockets.cut();
      expect((await listener.over())?.code).toBe('subscription-refused');
    });
  }
});

interface Live {
  readonly listener: ReturnType<typeof heardEvents>;
  readonly stop: () => void;
}
