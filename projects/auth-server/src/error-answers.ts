import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from './core.js';
import { ApiError, errorBody, invalidRequest, notFound, unsupportedMediaType } from './errors.js';
import { pathOf } from './request-hooks.js';

/** Makes every error an answer in JSON with a stable code, the framework's own included. */
export function addErrorAnswers(app: FastifyInstance, core: Core): void {
  app.setErrorHandler<FastifyError | ApiError>((error, request, reply) => {
    const known = toApiError(error);
    if (known.status >= 500 && !(error instanceof ApiError)) console.error(error);
    const reason = known.details['reason'];
    core.log.note(request.raw, { outcome: typeof reason === 'string' ? reason : known.code });
    return sendError(reply, known);
  });
  app.setNotFoundHandler((request, reply) => {
    core.log.note(request.raw, { outcome: 'not_found' });
    return sendError(reply, notFound(`There is nothing at ${request.method} ${pathOf(request)}.`));
  });
}

/** For URLs that the router cannot read. */
export function answerFrameworkError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  void sendError(reply, toApiError(error));
}

/** For bytes that are not HTTP. */
export const NOT_HTTP_ANSWER = (() => {
  const body = JSON.stringify(errorBody(invalidRequest({ request: 'This is not a valid HTTP request.' })));
  const length = Buffer.byteLength(body);
  return (
    'HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n' +
    `Content-Length: ${length}\r\n\r\n${body}`
  );
})();

function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply.code(error.status).headers(error.headers).type('application/json').send(errorBody(error));
}

function toApiError(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error;
  if (error.statusCode === 413)
    return new ApiError(413, 'payload_too_large', 'The body is larger than 64 kB.');
  if (error.statusCode === 415) return unsupportedMediaType();
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return invalidRequest({ request: 'The body is not valid JSON, or the URL cannot be read.' });
  }
  return new ApiError(500, 'server_error', 'The server failed; its terminal says why.');
}
