import { requestsSince } from '../e2e/support/request-log';
import type { LogEntry } from './log-entry';

/** Milliseconds. */
const OFTEN = 500;
/** A request may wait for its answer that long, and its line is not complete before. */
const COMPLETE = 15_000;

/** Reads the server's log as it grows: the server remembers two thousand lines only. */
export class LogFollower {
  private readonly lines = new Map<number, LogEntry>();
  private readonly timer: NodeJS.Timeout;
  private readonly server: string;
  private oldestOpen: number;

  /** Everything after the line `since`. */
  constructor(server: string, since: number) {
    this.server = server;
    this.oldestOpen = since;
    this.timer = setInterval(() => void this.read().catch(() => undefined), OFTEN);
  }

  get entries(): readonly LogEntry[] {
    return [...this.lines.values()].sort((one, other) => one.n - other.n);
  }

  async read(): Promise<void> {
    const lines = (await requestsSince(this.server, this.oldestOpen)) as readonly LogEntry[];
    for (const line of lines) this.lines.set(line.n, line);
    const complete = lines.filter(({ at }) => Date.now() - Date.parse(at) > COMPLETE);
    this.oldestOpen = complete.at(-1)?.n ?? this.oldestOpen;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.read();
  }
}
