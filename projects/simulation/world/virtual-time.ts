/** The world cannot go on: it does more than anything sensible could. */
export class WorldHangs extends Error {
  override readonly name = 'WorldHangs';
}

interface Appointment {
  readonly at: number;
  readonly task: () => void;
}

const MOST_APPOINTMENTS = 200_000;

/** The time of the world, in milliseconds since the epoch; it moves only when it is told to. */
export class VirtualTime {
  now = Date.UTC(2026, 10, 20);
  /** What is to happen, the next one last. */
  private readonly plan: Appointment[] = [];
  private kept = 0;

  /** Runs a task after so many milliseconds; the result cancels it. */
  after(delay: number, task: () => void): () => void {
    const appointment = { at: this.now + Math.max(Math.ceil(delay), 0), task };
    let place = this.plan.length;
    while (place > 0 && (this.plan[place - 1]?.at ?? Infinity) <= appointment.at) place -= 1;
    this.plan.splice(place, 0, appointment);
    return () => {
      const index = this.plan.indexOf(appointment);
      if (index >= 0) this.plan.splice(index, 1);
    };
  }

  /** Moves on, running what falls due on the way; `each` is called whenever everything has come to rest. */
  async advance(span: number, each: () => void): Promise<void> {
    const end = this.now + span;
    await settle();
    each();
    for (let next = this.plan.at(-1); next !== undefined && next.at <= end; next = this.plan.at(-1)) {
      this.plan.pop();
      this.kept += 1;
      if (this.kept > MOST_APPOINTMENTS) throw new WorldHangs('Timers without end.');
      this.now = next.at;
      next.task();
      await settle();
      each();
    }
    this.now = end;
  }
}

/** Lets every promise that can go on go on. */
function settle(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
