import type { AuthProvider, Held } from 'ngx-latchkey/core';

/** What the server says to a refresh token that an attacker kept. */
export function renewBy({ session }: AuthProvider, held: Held | undefined): Promise<Response> {
  if (session.kind !== 'renewable' || held === undefined) throw new Error('It cannot be renewed.');
  const { url, form } = session.renew.request(held);
  return fetch(url, { method: 'POST', body: new URLSearchParams(form) });
}
