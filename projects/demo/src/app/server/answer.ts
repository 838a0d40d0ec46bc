import { JsonPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { CallState } from './api-call';

/** The outcome of an API call: its JSON, or a sentence that says what went wrong. */
@Component({
  selector: 'app-answer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, JsonPipe],
  templateUrl: './answer.html',
  styleUrl: './answer.css',
})
export class Answer {
  readonly call = input.required<CallState<unknown>>();
}
