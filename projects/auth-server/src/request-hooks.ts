import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from './core.js';
import { carryOut } from './fault-answers.js';
import type { FaultPoint } from './faults.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Marks a call of a contract or sample API: it is logged and counted, and faults can meet it. A function where only the
     * body tells.
     */
    point?: FaultPoint | ((request: FastifyRequest) => FaultPoint);
  }
}

/** Logs and counts the calls, lets faults meet them, and sets the skewed clock's Date header. */
export function addRequestHooks(app: FastifyInstance, core: Core): void {
  const dropped = new WeakSet<IncomingMessage>();

  const meetFault = async (
    request: FastifyRequest,
    reply: FastifyReply,
    point: FaultPoint,
  ): Promise<FastifyReply | undefined> => {
    const client = point === 'api' || point === 'any' ? undefined : request.headers['user-agent'];
    if (client !== undefined) core.log.note(request.raw, { client });
    const fault = core.faults.take(point, pathOf(request));
    if (fault === undefined) return undefined;
    core.log.note(request.raw, { fault: fault.kind });
    if (fault.kind === 'drop') dropped.add(request.raw);
    return (await carryOut(fault, point, reply, core.closing)) === 'go-on' ? undefined : reply;
  };

  app.addHook('onRequest', async (request, reply) => {
    const { point } = request.routeOptions.config;
    if (point === undefined && !request.is404) return undefined;
    core.log.add(request.raw, pathOf(request), core.clock.now());
    return typeof point === 'string' ? meetFault(request, reply, point) : undefined;
  });

  app.addHook('preHandler', async (request, reply) => {
    const { point } = request.routeOptions.config;
    return typeof point === 'function' ? meetFault(request, reply, point(request)) : undefined;
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
  const { point } = request.routeOptions.config;
  return typeof point === 'function' ? point(request) : point;
}
