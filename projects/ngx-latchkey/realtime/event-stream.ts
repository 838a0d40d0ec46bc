/** One event of a `text/event-stream`. */
export interface StreamEvent {
  /** `'message'` where the server names none. */
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

export interface StreamReader {
  event(event: StreamEvent): void;
  /** What to begin after when the stream is opened again. */
  lastEventId(id: string): void;
  /** Milliseconds to wait before that, as the server wants it. */
  retry(wait: number): void;
}

/**
 * Reads a stream as the HTML standard has it (section 9.2.6), piece by piece.
 *
 * @param lastEventId where the stream before left off
 */
export function eventStreamParser(lastEventId: string, reader: StreamReader): (text: string) => void {
  let id = lastEventId;
  let data = '';
  let type = '';
  let unfinished = '';
  let afterReturn = false;

  function readLine(line: string): void {
    if (line === '') {
      dispatch();
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data += `${value}\n`;
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) reader.retry(Number(value));
  }

  function dispatch(): void {
    reader.lastEventId(id);
    if (data !== '') reader.event({ type: type || 'message', data: data.slice(0, -1), lastEventId: id });
    data = '';
    type = '';
  }

  return text => {
    // A line may end in two characters that come in two pieces.
    const rest = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterReturn = rest.endsWith('\r');
    const lines = (unfinished + rest).split(/\r\n|\r|\n/);
    unfinished = lines.pop() ?? '';
    lines.forEach(readLine);
  };
}
