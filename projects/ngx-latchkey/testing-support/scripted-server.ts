import { AuthError, type Transport, type WireAnswer, type WireRequest } from 'ngx-latchkey/core';

export type Reply = WireAnswer | 'network-error' | Promise<WireAnswer>;

/** A server that answers as it is told and remembers what it was asked. */
export class ScriptedServer {
  readonly requests: WireRequest[] = [];
  private readonly replies: Reply[] = [];
  private issued = 0;

  /** Answers the next requests so, in order; afterwards it is well again. */
  willReply(...replies: Reply[]): void {
    this.replies.push(...replies);
  }

  to(path: string): readonly WireRequest[] {
    return this.requests.filter(request => request.url.endsWith(path));
  }

  readonly transport: Transport = async request => {
    this.requests.push(request);
    const reply = await (this.replies.shift() ?? this.healthy(request));
    if (reply !== 'network-error') return reply;
    throw new AuthError({ failure: 'not-now', code: 'unreachable' });
  };

  private healthy(request: WireRequest): WireAnswer {
    return request.url.endsWith('/logout') ? json(200, {}) : this.grant();
  }

  /** What a healthy server hands out: tokens that are numbered, each good for a minute. */
  grant(changes: Record<string, unknown> = {}): WireAnswer {
    this.issued += 1;
    const number = String(this.issued);
    const user = { id: '1', name: 'Ada', roles: ['admin'], permissions: ['reports:read'] };
    return json(200, {
      accessToken: `access-${number}`,
      refreshToken: `refresh-${number}`,
      expiresIn: 60,
      user,
      ...changes,
    });
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
  return { status, headers, json: body };
}

export function html(status: number): WireAnswer {
  return { status, headers: { 'content-type': 'text/html' }, json: undefined };
}
