import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Icon } from '../icon/icon';
import { Burst } from './burst';

@Component({
  selector: 'app-burst-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  providers: [Burst],
  templateUrl: './burst-page.html',
  styleUrl: './burst-page.css',
})
export class BurstPage {
  protected readonly burst = inject(Burst);
  protected readonly size = this.burst.size;
  protected readonly answered = computed(() => this.burst.tiles().filter(state => state === 'ok').length);
}
