import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { AuthService, type SessionEvent } from 'ngx-latchkey';
import { type EventWords, clockTime, describeEvent } from './session-event-words';

/** One line of the event list; equal events in a row share a line. */
export interface LogLine extends EventWords {
  readonly id: number;
  readonly kind: SessionEvent['type'];
  readonly time: string;
  readonly count: number;
}

const LONGEST = 50;

/** The last 50 things that happened to the session, newest first. */
@Injectable({ providedIn: 'root' })
export class SessionLog {
  private readonly kept = signal<readonly LogLine[]>([]);
  private written = 0;
  readonly lines = this.kept.asReadonly();

  constructor() {
    inject(AuthService)
      .events$.pipe(takeUntilDestroyed())
      .subscribe(event => {
        this.kept.update(lines => this.append(lines, event));
      });
  }

  clear(): void {
    this.kept.set([]);
  }

  private append(lines: readonly LogLine[], event: SessionEvent): readonly LogLine[] {
    const words = describeEvent(event);
    const time = clockTime(event.at);
    const [latest, ...older] = lines;
    if (latest?.kind === event.type && latest.title === words.title && latest.detail === words.detail) {
      return [{ ...latest, time, count: latest.count + 1 }, ...older];
    }
    const line = { ...words, id: ++this.written, kind: event.type, time, count: 1 };
    return [line, ...lines].slice(0, LONGEST);
  }
}
