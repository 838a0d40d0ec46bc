import { AuthError } from 'ngx-latchkey/core';
import { type AllowedUrl, allowedUrl } from './allowed-url';
import { type ApiTokenSource, headersOf } from './api-token-source';
import { closeOnDestroy } from './close-on-destroy';
import { type StreamEvent, eventStreamParser } from './event-stream';
import { type Line, liveConnection } from './live-connection';
import { verdictOf } from './verdict';

/** Options of {@link authenticatedEventSource}. */
export interface EventSourceOptions extends AllowedUrl {
  /** Hears each event. */
  readonly received: (event: StreamEvent) => void;
  /** A stream is there. Called for each. */
  readonly opened?: () => void;
  /** A stream that was there is no more. Another one is on its way unless the session is over or the server wants no more. */
  readonly closed?: () => void;
  /** Nothing more is tried in this session. Default: the error is written to the console. */
  readonly failed?: (error: AuthError) => void;
  /** What a renewed token means for a stream: a new one that goes on where it was, or nothing. Default `'reconnect'`. */
  readonly renew?: 'reconnect' | 'keep';
}

/**
 * Server-sent events with the token in the header, which `EventSource` cannot do: read by `fetch`, begun again with `Last-Event-ID` after a
 * break or with a renewed token, open while somebody is signed in. The next user's stream begins anew. Closes by itself with the injection
 * context it was made in.
 *
 * @throws AuthError `origin-not-allowed`, `insecure-url`, `invalid-url-rule`. `failed` is called with `stream-refused`
 *
 * @example
 * authenticatedEventSource(injectTokenSource(), { url: '/api/events', received: ({ data }) => this.show(data) });
 */
export function authenticatedEventSource(
  tokens: ApiTokenSource,
  options: EventSourceOptions,
): { close(): void } {
  const { received, opened, closed, renew } = options;
  const failed = options.failed ?? (error => console.error(error));
  const { href } = allowedUrl(tokens, options);
  let lastEventId = '';
  let wait = 0;

  async function read(token: string, signal: AbortSignal, line: Line): Promise<void> {
    const answer = await fetch(href, {
      headers: {
        Accept: 'text/event-stream',
        ...(lastEventId !== '' && { 'Last-Event-ID': asHeader(lastEventId) }),
        ...headersOf(tokens, token),
      },
      cache: 'no-store',
      redirect: 'error',
      signal,
      ...(tokens.withCredentials && { credentials: 'include' }),
    });
    const { ok, status, body, headers } = answer;
    const verdict = await verdictOf(tokens, answer, token);
    if (signal.aborted) return;
    if (verdict !== 'pass' || isPassing(status)) {
      void body?.cancel();
      line.lost(verdict, wait);
    } else if (status === 204) {
      // Says that there is no more to come.
      line.stop();
    } else if (!ok || body === null || !/^text\/event-stream\b/i.test(headers.get('content-type') ?? '')) {
      line.stop();
      failed(new AuthError({ failure: 'misconfigured', code: 'stream-refused', status }));
    } else {
      line.up();
      const parse = eventStreamParser(lastEventId, {
        // What the application does with it is not the stream's trouble.
        event: event => queueMicrotask(() => signal.aborted || received(event)),
        lastEventId: id => (lastEventId = id),
        retry: asked => (wait = asked),
      });
      signal.addEventListener('abort', () => closed?.());
      opened?.();
      await pump(body, signal, parse);
      line.lost('pass', wait);
    }
  }

  const close = liveConnection(
    tokens,
    (token, line) => {
      const abort = new AbortController();
      read(token, abort.signal, line).catch(() => line.lost('pass', wait));
      return {
        close: () => abort.abort(),
        renew: () => renew === 'keep',
      };
    },
    () => {
      lastEventId = '';
      wait = 0;
    },
  );
  closeOnDestroy(close);
  return { close };
}

async function pump(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  parse: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    // What was on its way belongs to a session that is over.
    if (signal.aborted) return;
    parse(decoder.decode(piece.value, { stream: true }));
  }
}

function isPassing(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

/** UTF-8, one character a byte, as headers have it. */
function asHeader(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
