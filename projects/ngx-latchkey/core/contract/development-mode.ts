declare const ngDevMode: unknown;

/** Whether this is a development build: the Angular build sets `ngDevMode`, and elsewhere (Node, a worker) it is not defined. */
export function developmentMode(): boolean {
  return typeof ngDevMode === 'undefined' || Boolean(ngDevMode);
}
