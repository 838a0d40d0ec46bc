import { type Held, type Json, isJsonObject } from 'ngx-latchkey/core';

/** What is remembered of a sign-in: where to renew and to end it, and what an ID token has to say again. */
export interface OidcMemory {
  readonly subject: string | undefined;
  readonly tokenEndpoint: string | undefined;
  readonly revocationEndpoint?: string | undefined;
  readonly endSessionEndpoint?: string | undefined;
  readonly userInfoEndpoint?: string | undefined;
  readonly idToken?: string | undefined;
  readonly nonce?: string | undefined;
  /** Which type the access token is of; a renewal must not change it. */
  readonly tokenType: 'bearer' | 'dpop';
}

export function memoryOf({ memory }: Held): Partial<OidcMemory> {
  return isJsonObject(memory) ? memory : {};
}

/** It holds texts only, and what is undefined is left out. */
export function asMemory(memory: Partial<OidcMemory>): Json {
  return Object.fromEntries(
    Object.entries(memory).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
