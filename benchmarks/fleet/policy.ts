import type { World } from './world';

/** When clients ask the server. Clients are numbers; moments are in milliseconds from the beginning of the world. */
export interface Policy {
  /** When a client asks whose renewal is long due and whose page appears now. */
  appear(client: number, now: number): number;
  /**
   * When a client asks again after a failure.
   *
   * @param retryAfter seconds that the server asked to wait
   */
  fail(client: number, now: number, retryAfter: number | undefined): number;
  /** When a client renews the token that it receives now. */
  receive(client: number, now: number): number;
}

/** A policy by its name, made anew for each world. */
export interface NamedPolicy {
  readonly name: string;
  create(world: World, random: () => number): Policy;
}
