import type { ScriptedServer } from './scripted-server';

/** Lets the page's `fetch` reach a scripted server, over the real transport. */
export function serveByFetch(server: ScriptedServer): void {
  spyOn(window, 'fetch').and.callFake(async (input, init) => {
    const body = init?.body;
    const answer = await server.transport(
      {
        url: String(input),
        method: (init?.method ?? 'GET') as 'GET',
        ...(init?.headers !== undefined && { headers: init.headers as Record<string, string> }),
        ...(typeof body === 'string' && { json: JSON.parse(body) as null }),
        ...(init?.credentials !== undefined && { credentials: init.credentials as 'omit' }),
      },
      0,
    );
    const isJson = answer.json !== undefined;
    return new Response(
      answer.status === 204 ? null : isJson ? JSON.stringify(answer.json) : '<p>A page</p>',
      {
        status: answer.status,
        headers: { 'content-type': isJson ? 'application/json' : 'text/html', ...answer.headers },
      },
    );
  });
}
