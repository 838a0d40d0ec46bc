import type { JWTPayload } from 'jose';
import type { Tokens } from './tokens';

/** Who may use a collection. */
export type Rule =
  | { readonly rule: 'allow' | 'authenticated' | 'deny' }
  /** The claim has to have the value: `args.auth.role == admin`. */
  | { readonly rule: 'match'; readonly claim: string; readonly value: string };

/** Lets a request in or throws what the gateway says; the token does not matter where all are allowed. */
export async function admit(rule: Rule | undefined, token: string, { check }: Tokens): Promise<JWTPayload> {
  if (rule === undefined) throw new Error('Security rule not defined for collection/table');
  if (rule.rule === 'allow') return {};
  const claims = await check(token);
  if (rule.rule === 'deny') throw new Error('the operation being performed is denied');
  if (rule.rule === 'match' && claims[rule.claim] !== rule.value) {
    throw new Error('auth: The two fields do not match');
  }
  return claims;
}
