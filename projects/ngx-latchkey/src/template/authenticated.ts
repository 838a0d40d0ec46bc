import { Directive, TemplateRef, ViewContainerRef, effect, inject, input } from '@angular/core';
import type { AuthUser } from 'ngx-latchkey/core';
import { AuthService } from '../auth-service';
import { EitherTemplate } from './either-template';

/** What the template of `*lkAuthenticated` may use. */
export interface AuthenticatedContext {
  /** Who is signed in; `null` where the back end does not say. */
  readonly $implicit: AuthUser | null;
}

/**
 * Renders its element while somebody is signed in, and the `else` template while nobody is. While nobody knows yet, neither.
 *
 * @example
 * <button *lkAuthenticated (click)="auth.logout()">Log out</button>
 *
 * <p *lkAuthenticated="let user; else guest">Hello {{ user?.name }}</p>
 * <ng-template #guest><a routerLink="/login">Log in</a></ng-template>
 */
@Directive({ selector: '[lkAuthenticated]' })
export class Authenticated {
  /** What to render while nobody is signed in. */
  readonly lkAuthenticatedElse = input<TemplateRef<unknown> | null>(null);

  constructor() {
    const auth = inject(AuthService);
    const template = inject<TemplateRef<AuthenticatedContext>>(TemplateRef);
    const view = new EitherTemplate(inject(ViewContainerRef));
    const context: AuthenticatedContext = {
      get $implicit() {
        return auth.user();
      },
    };
    effect(() => {
      const status = auth.status();
      const otherwise = status === 'anonymous' ? this.lkAuthenticatedElse() : null;
      view.show(status === 'authenticated' ? template : otherwise, context);
    });
  }

  static ngTemplateContextGuard(
    _directive: Authenticated,
    context: unknown,
  ): context is AuthenticatedContext {
    return context !== null;
  }
}
