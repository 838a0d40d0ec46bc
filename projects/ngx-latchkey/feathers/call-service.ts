import { authError } from 'ngx-latchkey/core';
import { type FeathersFailure, readFailure } from './feathers-failure';
import type { FeathersSocket } from './feathers-socket';

/** What a service said to a call. */
export class FeathersServiceError extends Error {
  override readonly name = 'FeathersServiceError';
  declare readonly failure: FeathersFailure;

  constructor(failure: FeathersFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Calls a method of a service over the socket. A call whose connection is cut before the answer has come is settled too, which
 * socket.io does not see to; whether the server has carried it out, nobody knows.
 *
 * @throws FeathersServiceError what the service said
 * @throws AuthError `not-connected` before anything was sent, `connection-lost` afterwards
 *
 * @example await callService(socket, 'find', 'messages', { $limit: 10 })
 */
export function callService(
  socket: FeathersSocket,
  method: string,
  service: string,
  ...values: readonly unknown[]
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // What socket.io keeps for later goes out before the next connection is authenticated.
    if (!socket.connected) {
      reject(authError('not-now', 'not-connected', `${method} ${service}`));
      return;
    }
    const cut = (): void => {
      socket.off('disconnect', cut);
      reject(authError('not-now', 'connection-lost', `${method} ${service}`));
    };
    socket.on('disconnect', cut);
    socket.emit(method, service, ...values, (error: unknown, data: unknown) => {
      socket.off('disconnect', cut);
      if (error === null || error === undefined) resolve(data);
      else reject(new FeathersServiceError(readFailure(error) ?? unknownFailure()));
    });
  });
}

function unknownFailure(): FeathersFailure {
  return { className: 'general-error', message: 'The service failed.', code: 500, data: {} };
}
