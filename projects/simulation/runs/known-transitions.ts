import { TRANSITIONS } from '../../ngx-latchkey/core/session/transitions';

/** How the ledger of a world counts changes of phase. */
const PREFIX = 'transition ';

/** How often each transition of the engine's own table was taken, by its id; what is in no row has the id `?`. */
export function countByTransition(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const byId = new Map(TRANSITIONS.map(({ id }) => [id, 0]));
  for (const [name, count] of counts) {
    if (!name.startsWith(PREFIX)) continue;
    const [from = '', input = '', to = ''] = name.slice(PREFIX.length).split(/ --|--> /);
    const row = TRANSITIONS.find(
      each =>
        each.input === input &&
        each.from.some(phase => phase === from) &&
        each.to.some(phase => phase === to),
    );
    const id = row?.id ?? `? ${name.slice(PREFIX.length)}`;
    byId.set(id, (byId.get(id) ?? 0) + count);
  }
  return byId;
}

export function meaningOf(id: string): string {
  return TRANSITIONS.find(transition => transition.id === id)?.meaning ?? 'in no row of the table';
}
