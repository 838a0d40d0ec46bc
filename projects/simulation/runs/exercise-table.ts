import { countByTransition, meaningOf } from './known-transitions';

/** What was exercised, and which transitions were not exercised enough. */
export class ExerciseTable {
  private readonly counts = new Map<string, number>();

  add(counts: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counts)) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + count);
    }
  }

  /** Transitions that were taken less often than wanted, and those that nobody knows. */
  wrong(least: number): readonly string[] {
    return [...countByTransition(this.counts)]
      .filter(([id, count]) => id.startsWith('?') || count < least)
      .map(([id, count]) => `${id} (${meaningOf(id)}) was taken ${count} times`);
  }

  toString(): string {
    const transitions = [...countByTransition(this.counts)].map(
      ([id, count]) => [`${id} ${meaningOf(id)}`, count] as const,
    );
    const rows = [...[...this.counts].sort(([one], [other]) => one.localeCompare(other)), ...transitions];
    const width = Math.max(0, ...rows.map(([name]) => name.length));
    return rows.map(([name, count]) => `  ${name.padEnd(width)}  ${String(count).padStart(12)}`).join('\n');
  }
}
