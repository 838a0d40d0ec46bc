import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Core } from './core.js';
import { carryOut } from './fault-answers.js';
import type { FaultPoint } from './faults.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Marks a call of a contract or sample API: it is logged and counted, and faults can meet it. */
    point?: FaultPoint;
  }
}

/** Logs and counts the calls, lets faults meet them, and sets the skewed clock's Date header. */
export function addRequestHooks(app: FastifyInstance, core: Core): void {
  const dropped = new WeakSet<IncomingMessage>();

  app.addHook('onRequest', async (request, reply) => {
    const point = pointOf(request);
    if (point === undefined && !request.is404) return;
    core.log.add(request.raw, pathOf(request), core.clock.now());
    if (point === undefined) return;
    const client = point === 'api' || point === 'any' ? undefined : request.headers['user-agent'];
    if (client !== undefined) core.log.note(request.raw, { client });
    const fault = core.faults.take(point);
    if (fault === undefined) return;
    core.log.note(request.raw, { fault: fault.kind });
    if (fault.kind === 'drop') dropped.add(request.raw);
    if ((await carryOut(fault, point, reply, core.closing)) !== 'go-on') return reply;
    return;
  });

  app.addHook('onSend', async (request, reply) => {
    reply.header('date', new Date(core.clock.now()).toUTCString());
    // A browser repeats a request by itself when a *reused* connection breaks without an answer, which would hide the fault.
    if (core.faults.waiting.some(fault => fault.kind === 'drop')) reply.header('connection', 'close');
    const point = pointOf(request);
    if (point !== undefined) {
      const outcome =
        core.log.outcomeOf(request.raw) ?? (reply.statusCode < 400 ? 'ok' : String(reply.statusCode));
      const key = `${point}.${outcome}`;
      core.counters.set(key, (core.counters.get(key) ?? 0) + 1);
    }
    if (dropped.has(request.raw)) request.raw.socket.destroy();
    else core.log.note(request.raw, { status: reply.statusCode });
  });
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function pointOf(request: FastifyRequest): FaultPoint | undefined {
  return request.routeOptions.config.point;
}
