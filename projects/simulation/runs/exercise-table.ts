/** What was exercised, in groups, and which known transitions were not exercised enough. */
export class ExerciseTable {
  private readonly counts = new Map<string, number>();

  add(counts: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counts)) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + count);
    }
  }

  /** Known transitions that were taken less often than wanted. */
  rare(known: readonly string[], least: number): readonly string[] {
    return known.filter(id => (this.counts.get(`transition ${id}`) ?? 0) < least);
  }

  toString(): string {
    const names = [...this.counts.keys()].sort();
    const width = Math.max(0, ...names.map(name => name.length));
    return names
      .map(name => `  ${name.padEnd(width)}  ${String(this.counts.get(name)).padStart(12)}`)
      .join('\n');
  }
}
