import { authError } from 'ngx-latchkey/core';

/**
 * A part of the application that is loaded when it is needed.
 *
 * @throws AuthError `chunk-unavailable`
 */
export async function loaded<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    // The application was deployed anew while this page was open, or there is no network.
    throw authError('not-now', 'chunk-unavailable');
  }
}
