import type { BackEndField } from './back-end';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The value of a field in its one spelling, or `null` if it may not be that. */
export function fieldValue({ kind, usual }: BackEndField, given: string): string | null {
  const text = given.trim();
  if (text === '') return usual;
  if (kind === 'text') return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return null;
  const isLocal = LOOPBACK.test(url.hostname);
  // An issuer is compared letter by letter, with or without a slash at its end.
  if (kind === 'issuer') return isLocal || url.protocol === 'https:' ? text : null;
  return isLocal ? (url.origin + url.pathname).replace(/\/+$/, '') : null;
}

/** Why a value was not accepted. */
export function fieldProblem({ kind }: BackEndField, given: string): string {
  return kind === 'issuer'
    ? `An issuer is reached by https, or is on this machine, so "${given}" was ignored.`
    : `The demo talks to auth servers on this machine only, so "${given}" was ignored.`;
}
