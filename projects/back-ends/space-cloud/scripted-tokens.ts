import type { TokenSource } from 'ngx-latchkey/core';

/** A source of tokens that does what it is told. */
export interface ScriptedTokens extends TokenSource {
  set(token: string | null): void;
  watchers(): number;
}

export function scriptedTokens(first: string | null): ScriptedTokens {
  const watchers = new Set<(token: string | null) => void>();
  let current = first;
  return {
    async token() {
      return current;
    },
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    set(token) {
      current = token;
      for (const changed of watchers) changed(token);
    },
    watchers: () => watchers.size,
  };
}

/** A token of somebody, signed by nobody. */
export function tokenOf(id: string, version = 1): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ id, version })}.c2ln`;
}
