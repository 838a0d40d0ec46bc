import { createCalendar } from './calendar';
import { type Measures, createMeasures } from './measures';
import type { NamedPolicy } from './policy';
import { seededRandom } from './seeded-random';
import type { World } from './world';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** Lets the clients of a world live by a policy, second by second. */
export function simulate(world: World, { create }: NamedPolicy, seed: number): Measures {
  const { clients, end, outage, capacity, due, visible, retryAfter } = world;
  const random = seededRandom(seed);
  const policy = create(world, seededRandom(seed + 1));
  const calendar = createCalendar(end / SECOND);
  const dueAt = new Float64Array(clients);
  const measures = createMeasures(world);

  const schedule = (client: number, at: number): void => {
    dueAt[client] = at;
    calendar.add(client, Math.floor(at / SECOND));
  };
  const first = (client: number): number => {
    if (due === 'spread') return random() * policy.receive(client, 0);
    const moment = random() * SECOND;
    if (due === 'at-once') return moment;
    return policy.appear(client, random() < visible ? moment : random() * HOUR);
  };

  for (let client = 0; client < clients; client++) schedule(client, first(client));
  for (let second = 0; second * SECOND < end; second++) {
    const asking = calendar.take(second);
    measures.asked(second, asking.length);
    let room = second * SECOND < outage ? 0 : Math.min(capacity, asking.length);
    for (let place = 0; place < asking.length; place++) {
      const client = asking[place] ?? 0;
      const now = dueAt[client] ?? 0;
      // Whoever asks within a second has the same chance in it.
      const left = asking.length - place;
      if (room > 0 && (room === left || random() * left < room)) {
        room -= 1;
        measures.renewed(client, now);
        schedule(client, policy.receive(client, now));
      } else {
        measures.failed(client, now);
        const wish = retryAfter > 0 && now >= outage ? random() * retryAfter : undefined;
        schedule(client, policy.fail(client, now, wish));
      }
    }
  }
  return measures;
}
