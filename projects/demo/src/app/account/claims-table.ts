import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { AuthService } from 'ngx-latchkey';

const TIMES = ['exp', 'iat', 'nbf', 'auth_time'];

/** The claims inside the access token. The token itself stays out of sight, here as everywhere. */
@Component({
  selector: 'app-claims-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './claims-table.html',
  styleUrl: './claims-table.css',
})
export class ClaimsTable {
  private readonly auth = inject(AuthService);
  protected readonly rows = computed(() =>
    Object.entries(this.auth.claims() ?? {}).map(([name, value]) => ({ name, text: shown(name, value) })),
  );
}

function shown(name: string, value: unknown): string {
  if (typeof value === 'number' && TIMES.includes(name)) return new Date(value * 1000).toLocaleString();
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
