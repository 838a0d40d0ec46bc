import type { SocketLike } from 'ngx-latchkey/space-cloud';

type Message = Readonly<Record<string, unknown>> & { readonly data: Readonly<Record<string, unknown>> };

/** One end of a wire whose other end is the spec. */
export class FakeSocket implements SocketLike {
  readonly url: string;
  readonly protocol: string | undefined;
  readonly sent: Message[] = [];
  closed = false;
  private readonly listeners = new Map<string, (event: { type: string; data?: unknown }) => void>();

  constructor(url: string, protocol?: string) {
    this.url = url;
    this.protocol = protocol;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Message);
  }

  close(): void {
    this.closed = true;
  }

  addEventListener(type: string, listener: (event: { type: string; data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }

  happen(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ type, data });
  }

  say(message: object): void {
    this.happen('message', JSON.stringify(message));
  }

  /** Accepts what was subscribed last. */
  accept(docs: readonly object[] = []): void {
    const message = this.sent.at(-1);
    const data = { id: message?.data['id'], group: message?.data['group'], ack: true, docs };
    this.say({ id: message?.['id'], type: message?.['type'], data });
  }
}
