import type { SessionEvent, WireRequest } from 'ngx-latchkey/core';
import type { World } from '../world/world';

const CANARY = 'canary';

/** I8: events carry no token. */
export function silentEvent(event: SessionEvent): string | undefined {
  return JSON.stringify(event).includes(CANARY)
    ? `an event of type ${event.type} carries a token`
    : undefined;
}

/** I8: errors carry no token. */
export function silentError(error: unknown): string | undefined {
  const told = error instanceof Error ? error.message + JSON.stringify(error) : JSON.stringify(error);
  return told.includes(CANARY) ? 'an error carries a token' : undefined;
}

/** I8: the channel carries nothing but the fact that something changed. */
export function silentChannel({ channel }: World): string | undefined {
  return channel.said.length > 0 ? 'something was said on the channel' : undefined;
}

/** I8: a refresh token travels in the body to the server's own endpoints, an access token in a header. */
export function discreetRequest({ url, json, headers }: WireRequest): string | undefined {
  if (url.includes(CANARY)) return 'a URL carries a token';
  const own = url === 'https://auth.test/auth/refresh' || url === 'https://auth.test/auth/logout';
  const told = JSON.stringify(own ? headers : json) as string | undefined;
  return told?.includes('canary-refresh') ? `a refresh token was sent to ${url}` : undefined;
}

/** I8: an access token goes to the API that was named, by the URL as a browser understands it. */
export function onlyToTheApi(url: string): string | undefined {
  const { origin, username } = new URL(url, 'https://app.test');
  return origin === 'https://api.test' && username === '' ? undefined : `a token was sent to ${url}`;
}
