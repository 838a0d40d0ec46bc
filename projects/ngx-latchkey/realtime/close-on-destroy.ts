import { DestroyRef, inject } from '@angular/core';

/** Closes with the component or service in whose injection context it is called; outside of one, whoever opened closes. */
export function closeOnDestroy(close: () => void): void {
  let destroyRef: DestroyRef;
  try {
    destroyRef = inject(DestroyRef);
  } catch {
    // Angular has no other way to ask whether there is an injection context.
    return;
  }
  destroyRef.onDestroy(close);
}
