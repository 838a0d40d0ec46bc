import { type Captures, type WireFixture, difference, filled, filledText } from './wire-fixture';

/** Sends the requests of a file in order to a server, and says where an answer is not as written; empty if all are. */
export async function replayFixtures(
  address: string,
  fixtures: readonly WireFixture[],
  captures: Captures = new Map<string, unknown>(),
): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const { name, request, answer } of fixtures) {
    const headers = filled(request.headers ?? {}, captures) as Record<string, string>;
    const form = request.form && (filled(request.form, captures) as Record<string, string>);
    const json = request.json === undefined ? undefined : JSON.stringify(filled(request.json, captures));
    const body = form ? new URLSearchParams(form).toString() : json;
    const given = await fetch(new URL(filledText(request.path, captures), address), {
      method: request.method,
      headers: {
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      redirect: 'manual',
    });
    const text = await given.text();
    const found =
      given.status === answer.status
        ? (difference(answer.headers ?? {}, Object.fromEntries(given.headers), captures, 'headers') ??
          (answer.text !== undefined && answer.text !== text ? `the text is ${text}` : undefined) ??
          (answer.json === undefined ? undefined : difference(answer.json, asJson(text), captures)))
        : `the status should be ${String(answer.status)} and is ${String(given.status)}: ${text.slice(0, 300)}`;
    if (found !== undefined) differences.push(`${name}: ${found}`);
  }
  return differences;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
