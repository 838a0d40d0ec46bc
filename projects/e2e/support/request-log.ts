/** One line of the auth server's request log, `GET /admin/requests`. */
export interface LoggedRequest {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Whether an `Authorization: Bearer` header came along. */
  readonly bearer: boolean;
  readonly authenticated: boolean;
  /** Refresh generation. */
  readonly gen?: number;
  readonly outcome?: string;
  readonly fault?: string;
}

/** What reached the server after the given line; preflight requests, which browsers send on their own account, left out. */
export async function requestsSince(server: string, n = 0): Promise<readonly LoggedRequest[]> {
  const response = await fetch(`${server}/admin/requests?since=${n}`);
  const { requests } = (await response.json()) as { readonly requests: readonly LoggedRequest[] };
  return requests.filter(({ method }) => method !== 'OPTIONS');
}

/** Where the log stands now. */
export async function endOfLog(server: string): Promise<number> {
  return (await requestsSince(server)).at(-1)?.n ?? 0;
}
