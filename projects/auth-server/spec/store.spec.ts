import type { Note, State } from '../src/state.js';
import { Store } from '../src/store.js';

const EMPTY: State = {
  signingSecret: { id: 'a', secret: 'x'.repeat(32) },
  successorKey: 'y'.repeat(32),
  users: [],
  sessions: [],
  pendingTokens: [],
  notes: [],
};

/** A disk whose writes end when the spec says so. */
class SlowDisk {
  readonly written: string[][] = [];
  #end: ((error?: Error) => void) | undefined;

  write(state: State): Promise<void> {
    if (this.#end !== undefined) throw new Error('Two writes at once');
    this.written.push(state.notes.map(({ text }) => text));
    return new Promise((resolve, reject) => {
      this.#end = error => (error === undefined ? resolve() : reject(error));
    });
  }

  async finish(error?: Error): Promise<void> {
    await Promise.resolve();
    this.#end?.(error);
    this.#end = undefined;
  }
}

describe('the store', () => {
  let disk: SlowDisk;
  let store: Store;
  beforeEach(() => {
    disk = new SlowDisk();
    store = new Store(EMPTY, disk);
  });

  const add = (text: string): Promise<void> => {
    const note: Note = { id: text, userId: 'u', text, createdAt: 0 };
    store.notes = [...store.notes, note];
    return store.save();
  };

  it('writes one after the other, and what came meanwhile together', async () => {
    const first = add('a');
    await Promise.resolve();
    const [second, third] = [add('b'), add('c')];
    expect(disk.written).toEqual([['a']]);
    await disk.finish();
    await first;
    await disk.finish();
    await Promise.all([second, third]);
    expect(disk.written).toEqual([['a'], ['a', 'b', 'c']]);
  });

  it('reports a write that failed to those who waited for it, and writes again', async () => {
    const failing = add('a');
    await disk.finish(new Error('disk full'));
    await expectAsync(failing).toBeRejectedWithError('disk full');
    const next = add('b');
    await disk.finish();
    await next;
    expect(disk.written.at(-1)).toEqual(['a', 'b']);
  });
});
