import { AuthError } from 'ngx-latchkey';
import { settle } from '../testing-support/fake-clock';
import { TokenSourceDouble } from '../testing-support/token-source-double';
import { type EventSourceOptions, authenticatedEventSource } from './authenticated-event-source';

const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };

/** One answer of the server, written while it is read. */
class StreamDouble {
  private controller?: ReadableStreamDefaultController<Uint8Array>;
  readonly answer: Response;

  constructor(init: ResponseInit = { headers: STREAM }) {
    const body = new ReadableStream<Uint8Array>({ start: controller => (this.controller = controller) });
    this.answer = new Response(body, init);
  }

  async write(text: string | Uint8Array): Promise<void> {
    this.controller?.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    await settle();
  }

  async end(): Promise<void> {
    this.controller?.close();
    await settle();
  }

  async break(): Promise<void> {
    this.controller?.error(new TypeError('network error'));
    await settle();
  }
}

describe('authenticatedEventSource', () => {
  let tokens: TokenSourceDouble;
  let answers: (Response | Error)[];
  let sent: Request[];
  let told: string[];
  let close: () => void;

  beforeEach(() => {
    jasmine.clock().install().mockDate();
    spyOn(Math, 'random').and.returnValue(1);
    tokens = new TokenSourceDouble();
    answers = [];
    sent = [];
    told = [];
    spyOn(window, 'fetch').and.callFake(async (input, init) => {
      sent.push(new Request(input, init));
      const answer = answers.shift() ?? new StreamDouble().answer;
      if (answer instanceof Error) throw answer;
      return answer;
    });
  });

  afterEach(() => {
    close();
    jasmine.clock().uninstall();
  });

  const pass = async (span: number): Promise<void> => {
    jasmine.clock().tick(span);
    await settle();
  };
  const start = async (options: Partial<EventSourceOptions> = {}): Promise<void> => {
    ({ close } = authenticatedEventSource(tokens, {
      url: 'https://api.test/events',
      received: ({ type, data }) => told.push(`${type} ${data}`),
      opened: () => told.push('opened'),
      closed: () => told.push('closed'),
      failed: ({ code, status }) => told.push(`${code} ${String(status)}`),
      ...options,
    }));
    await pass(0);
  };
  const stream = (init?: ResponseInit): StreamDouble => {
    const one = new StreamDouble(init);
    answers.push(one.answer);
    return one;
  };
  const header = (name: string): (string | null)[] => sent.map(({ headers }) => headers.get(name));

  it('reads with the token in the header, and follows no redirect', async () => {
    const server = stream();
    await start();
    await server.write('event: add\ndata: 1\n\n');
    expect(told).toEqual(['opened', 'add 1']);
    expect(header('authorization')).toEqual(['Bearer ada-1']);
    expect(header('accept')).toEqual(['text/event-stream']);
    expect(header('last-event-id')).toEqual([null]);
    expect([sent[0]?.redirect, sent[0]?.cache]).toEqual(['error', 'no-store']);
  });

  it('reads letters that come in two pieces, and no byte order mark', async () => {
    const server = stream();
    await start();
    const bytes = new TextEncoder().encode('\uFEFFdata: é\n\n');
    await server.write(bytes.slice(0, 10));
    await server.write(bytes.slice(10));
    expect(told).toEqual(['opened', 'message é']);
  });

  for (const how of ['end', 'break'] as const) {
    it(`goes on where it was when the stream comes to its ${how}`, async () => {
      const server = stream();
      await start();
      await server.write('id: é7\ndata: a\n\ndata: unfinished');
      await server[how]();
      await pass(1_000);
      // The bytes of UTF-8, as headers have them.
      expect(header('last-event-id')).toEqual([null, '\u00c3\u00a97']);
      expect(told).toEqual(['opened', 'message a', 'closed', 'opened']);
    });
  }

  it('waits for as long as the server wants', async () => {
    const server = stream();
    await start();
    await server.write('retry: 5000\n\n');
    await server.end();
    await pass(5_999);
    expect(sent.length).toBe(1);
    await pass(1);
    expect(sent.length).toBe(2);
  });

  it('begins a new stream for a renewed token', async () => {
    const server = stream();
    await start();
    await server.write('id: 7\n\n');
    tokens.become('ada-2');
    await pass(0);
    expect(header('authorization')).toEqual(['Bearer ada-1', 'Bearer ada-2']);
    expect(header('last-event-id')).toEqual([null, '7']);
    expect(sent[0]?.signal.aborted).toBeTrue();
  });

  it('keeps the stream where that is wanted', async () => {
    const server = stream();
    await start({ renew: 'keep' });
    tokens.become('ada-2');
    await pass(0);
    await server.write('data: a\n\n');
    expect(sent.length).toBe(1);
    expect(told).toEqual(['opened', 'message a']);
  });

  it('ends with the session and tells the next user nothing of it, nor the server', async () => {
    const server = stream();
    await start();
    await server.write('id: 7\ndata: a\n\n');
    tokens.become(null);
    await server.write("data: ada's\n\n").catch(() => undefined);
    tokens.become('eve-1');
    await pass(0);
    expect(header('last-event-id')).toEqual([null, null]);
    expect(told).toEqual(['opened', 'message a', 'closed', 'opened']);
  });

  it('has a token renewed that is not taken', async () => {
    tokens.successor = 'ada-2';
    answers.push(new Response('', { status: 401 }));
    await start();
    await pass(1_000);
    expect(header('authorization')).toEqual(['Bearer ada-1', 'Bearer ada-2']);
    expect(told).toEqual(['opened']);
  });

  for (const answer of [500, 503, 429, 'no answer'] as const) {
    it(`tries again after ${String(answer)}`, async () => {
      answers.push(answer === 'no answer' ? new TypeError('offline') : new Response('', { status: answer }));
      await start();
      await pass(1_000);
      expect(told).toEqual(['opened']);
    });
  }

  const endings: readonly (readonly [string, Response, readonly string[]])[] = [
    ['after a 204', new Response(null, { status: 204 }), []],
    ['after a 403', new Response('', { status: 403 }), ['stream-refused 403']],
    [
      'when there is a web page',
      new Response('', { headers: { 'content-type': 'text/html' } }),
      ['stream-refused 200'],
    ],
  ];
  for (const [name, answer, expected] of endings) {
    it(`stops ${name}, until somebody signs in again`, async () => {
      answers.push(answer);
      await start();
      await pass(100_000);
      expect(told).toEqual([...expected]);
      tokens.become(null);
      tokens.become('ada-2');
      await pass(0);
      expect(sent.length).toBe(2);
    });
  }

  it('is not disturbed by what the application does with an event', async () => {
    const errors: unknown[] = [];
    const before = window.onerror;
    window.onerror = message => {
      errors.push(message);
      return true;
    };
    const server = stream();
    await start({
      received: ({ data }) => {
        told.push(data);
        if (data === 'bad') throw new Error('of the application');
      },
    });
    await server.write('data: bad\n\ndata: good\n\n');
    window.onerror = before;
    expect(told).toEqual(['opened', 'bad', 'good']);
    expect(errors.length).toBe(1);
  });

  it('asks nothing while nobody is signed in, as on a server', async () => {
    tokens.current = null;
    await start();
    await pass(100_000);
    expect(sent).toEqual([]);
  });

  it('goes nowhere that is not allowed', () => {
    close = () => undefined;
    const open = (url: string) => () => authenticatedEventSource(tokens, { url, received: () => undefined });
    expect(open('https://evil.test/')).toThrowError(AuthError, /origin-not-allowed/);
    expect(open('http://api.test/')).toThrowError(AuthError, /insecure-url/);
  });
});
