/** Which clients are due in which second. */
export interface Calendar {
  add(client: number, second: number): void;
  /** Takes the clients of a second out, to be read before the next `take`. */
  take(second: number): Int32Array;
}

const NOBODY = new Int32Array(0);

/** A calendar of so many seconds; what falls outside of it is not kept. */
export function createCalendar(seconds: number): Calendar {
  const pages = new Array<Int32Array | undefined>(seconds);
  const lengths = new Int32Array(seconds);
  // Pages may be large, so they are written on again once nobody reads them.
  const spare: Int32Array[] = [];
  let read: Int32Array | undefined;

  return {
    add(client, second) {
      if (!(second < seconds)) return;
      const length = lengths[second] ?? 0;
      let page = pages[second] ?? spare.pop() ?? new Int32Array(1_024);
      if (length === page.length) {
        const larger = new Int32Array(length * 2);
        larger.set(page);
        page = larger;
      }
      page[length] = client;
      pages[second] = page;
      lengths[second] = length + 1;
    },
    take(second) {
      if (read !== undefined) spare.push(read);
      read = pages[second];
      pages[second] = undefined;
      return read?.subarray(0, lengths[second]) ?? NOBODY;
    },
  };
}
