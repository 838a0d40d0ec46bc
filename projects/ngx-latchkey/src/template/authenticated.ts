import { Directive, TemplateRef, ViewContainerRef, effect, inject, input } from '@angular/core';
import { AuthService } from '../auth-service';
import { EitherTemplate } from './either-template';

/**
 * Renders its element while somebody is signed in, and the `else` template while nobody is. While nobody knows yet, neither.
 *
 * @example
 * <button *lkAuthenticated="; else guest" (click)="auth.logout()">Log out</button>
 * <ng-template #guest><a routerLink="/login">Log in</a></ng-template>
 */
@Directive({ selector: '[lkAuthenticated]' })
export class Authenticated {
  /** What to render while nobody is signed in. */
  readonly lkAuthenticatedElse = input<TemplateRef<unknown> | null>(null);

  constructor() {
    const auth = inject(AuthService);
    const template = inject<TemplateRef<unknown>>(TemplateRef);
    const view = new EitherTemplate(inject(ViewContainerRef));
    effect(() => {
      const status = auth.status();
      const otherwise = status === 'anonymous' ? this.lkAuthenticatedElse() : null;
      view.show(status === 'authenticated' ? template : otherwise);
    });
  }
}
