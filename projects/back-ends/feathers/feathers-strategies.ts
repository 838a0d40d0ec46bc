import { randomUUID } from 'node:crypto';
import {
  AuthenticationBaseStrategy,
  type AuthenticationRequest,
  type AuthenticationResult,
} from '@feathersjs/authentication';
import { LocalStrategy } from '@feathersjs/authentication-local';
import { BadRequest, Forbidden, NotAuthenticated } from '@feathersjs/errors';
import type { HookContext, Params } from '@feathersjs/feathers';

/** Lets nobody in whose account is locked or not verified. */
export class CarefulLocalStrategy extends LocalStrategy {
  override async authenticate(
    data: AuthenticationRequest,
    params: Params,
  ): ReturnType<LocalStrategy['authenticate']> {
    const result: AuthenticationResult = await super.authenticate(data, params);
    const user = result['user'] as { readonly locked?: boolean; readonly isVerified?: boolean };
    if (user.locked) throw new Forbidden('This account is locked.', { reason: 'locked' });
    // As feathers-authentication-management says it.
    if (user.isVerified === false) throw new BadRequest("User's email is not yet verified.");
    return result as Awaited<ReturnType<LocalStrategy['authenticate']>>;
  }
}

/** The refresh tokens that are good for one use, and whose they are. */
const refreshTokens = new Map<string, number>();

/** Feathers has no such strategy; this is what one of an application may look like. */
export class RefreshStrategy extends AuthenticationBaseStrategy {
  async authenticate({ refreshToken }: AuthenticationRequest): Promise<AuthenticationResult> {
    const id = refreshTokens.get(String(refreshToken));
    if (id === undefined) throw new NotAuthenticated('This refresh token is used up.');
    refreshTokens.delete(String(refreshToken));
    const user: unknown = await this.entityService.get(id);
    return { authentication: { strategy: 'refresh' }, user };
  }
}

export function handOutRefreshToken(context: HookContext): void {
  const result = context.result as { readonly user: { readonly id: number } };
  const refreshToken = randomUUID();
  refreshTokens.set(refreshToken, result.user.id);
  context.result = { ...result, refreshToken };
  // What goes out is decided before; see `protect`.
  const dispatch = context.dispatch as object | undefined;
  if (dispatch) context.dispatch = { ...dispatch, refreshToken };
}

export function forgetRefreshTokens(): void {
  refreshTokens.clear();
}
