import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { AuthService } from 'ngx-latchkey';
import { SessionEnd } from './session/session-end';
import { EventPanel } from './shell/event-panel';
import { ReconnectingBanner } from './shell/reconnecting-banner';
import { SiteHeader } from './shell/site-header';

/** The frame around every page: header, banner, the page, and the session's events beside it. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [EventPanel, ReconnectingBanner, RouterOutlet, SiteHeader],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '[class.suspended]': "auth.phase() === 'suspended'" },
})
export class App {
  protected readonly auth = inject(AuthService);

  constructor() {
    // Listens for as long as the application runs.
    inject(SessionEnd);
  }
}
