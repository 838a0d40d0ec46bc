import { type TemplateRef, type ViewContainerRef } from '@angular/core';

/** Shows one of two templates, or neither, and touches the view only when that changes. */
export class EitherTemplate {
  private shown: TemplateRef<unknown> | null = null;
  private readonly container: ViewContainerRef;

  constructor(container: ViewContainerRef) {
    this.container = container;
  }

  show(template: TemplateRef<unknown> | null, context?: object): void {
    if (template === this.shown) return;
    this.shown = template;
    this.container.clear();
    if (template !== null) this.container.createEmbeddedView(template, context);
  }
}
