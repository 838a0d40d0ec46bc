import { Directive, TemplateRef, ViewContainerRef, effect, inject, input } from '@angular/core';
import { AuthService } from '../auth-service';
import { EitherTemplate } from './either-template';

/**
 * Renders its element for users that have the role, or one of several, and the `else` template for everybody else.
 * While nobody knows who is signed in, neither. It hides; it does not protect.
 *
 * @example <a *lkHasRole="'admin'; else plain" routerLink="/admin">Admin</a>
 */
@Directive({ selector: '[lkHasRole]' })
export class HasRole {
  /** The role, or the roles of which one is enough. */
  readonly lkHasRole = input.required<string | readonly string[]>();
  /** What to render for users without the role. */
  readonly lkHasRoleElse = input<TemplateRef<unknown> | null>(null);

  constructor() {
    const auth = inject(AuthService);
    const template = inject<TemplateRef<unknown>>(TemplateRef);
    const view = new EitherTemplate(inject(ViewContainerRef));
    effect(() => {
      const has = [this.lkHasRole()].flat().some(role => auth.hasRole(role));
      const otherwise = auth.status() === 'unknown' ? null : this.lkHasRoleElse();
      view.show(has ? template : otherwise);
    });
  }
}
