import { type StreamEvent, eventStreamParser } from './event-stream';

describe('eventStreamParser', () => {
  let events: StreamEvent[];
  let ids: string[];
  let waits: number[];

  beforeEach(() => {
    events = [];
    ids = [];
    waits = [];
  });

  const parser = (start = ''): ((text: string) => void) =>
    eventStreamParser(start, {
      event: event => events.push(event),
      lastEventId: id => ids.push(id),
      retry: wait => waits.push(wait),
    });
  const message = (data: string, lastEventId = '', type = 'message'): StreamEvent => ({
    type,
    data,
    lastEventId,
  });

  const streams: readonly (readonly [string, string, readonly StreamEvent[]])[] = [
    ['lines of one event', 'data: YHOO\ndata: +2\ndata: 10\n\n', [message('YHOO\n+2\n10')]],
    ['empty data', 'data\n\ndata\ndata\n\ndata:', [message(''), message('\n')]],
    [
      'one blank after the colon',
      'data:test\n\ndata: test\n\ndata:  test\n\n',
      [message('test'), message('test'), message(' test')],
    ],
    ['comments and fields that nobody knows', ': hello\nfoo: bar\ndata: x:y\n: bye\n\n', [message('x:y')]],
    [
      'names of events',
      'event: add\ndata: 1\n\ndata: 2\n\nevent: none\n\ndata: 3\n\n',
      [message('1', '', 'add'), message('2'), message('3')],
    ],
    ['no event that is not finished', 'data: 1\n\ndata: 2\n', [message('1')]],
    [
      'identifiers, which stay',
      'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n',
      [message('a', '1'), message('b', '1'), message('c')],
    ],
    ['no identifier with a NUL', 'id: 1\0\ndata: a\n\n', [message('a')]],
    ['lines of more than letters', 'data: {"a": "\u2028é👋"}\n\n', [message('{"a": "\u2028é👋"}')]],
  ];
  for (const [name, text, expected] of streams) {
    for (const [ending, written] of [
      ['LF', '\n'],
      ['CR', '\r'],
      ['CRLF', '\r\n'],
    ] as const) {
      it(`reads ${name}, with ${ending}, in one piece and letter by letter`, () => {
        const stream = text.replaceAll('\n', written);
        parser()(stream);
        expect(events).toEqual([...expected]);
        events = [];
        const parse = parser();
        for (let at = 0; at < stream.length; at += 1) {
          parse(stream.charAt(at));
          parse('');
        }
        expect(events).toEqual([...expected]);
      });
    }
  }

  it('does not wait for a line feed after a carriage return', () => {
    parser()('data: x\r\r');
    expect(events).toEqual([message('x')]);
  });

  it('hears identifiers of events without data, and keeps the one it began with', () => {
    parser('6')('data: a\n\nid: 7\n\n');
    expect(events).toEqual([message('a', '6')]);
    expect(ids).toEqual(['6', '7']);
  });

  it('hears how long to wait, in digits only', () => {
    parser()('retry: 1500\nretry: 1.5\nretry: -1\nretry\nretry: soon\n');
    expect(waits).toEqual([1500]);
  });
});
