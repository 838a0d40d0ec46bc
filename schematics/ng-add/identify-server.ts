import { kindByAddress } from './kind-by-address';
import {
  METADATA_PATH,
  type OpenIdMetadata,
  isIssuerAt,
  metadataIn,
  openIdMetadata,
} from './open-id-metadata';
import type { ServerKind } from './schema';
import { type ServerAnswer, askServer, isObject } from './server-answer';

/** What a server turned out to be, and what to tell about it. */
export interface IdentifiedServer {
  readonly kind: ServerKind;
  readonly metadata?: OpenIdMetadata;
  readonly note?: string;
}

interface Question {
  readonly path: string;
  /** What the server is by this answer; `undefined` where it leaves that open. */
  readonly read: (answer: Exclude<ServerAnswer, string>, url: string) => IdentifiedServer | undefined;
}

const QUESTIONS: readonly Question[] = [
  { path: '/.well-known/latchkey', read: readName },
  { path: METADATA_PATH, read: readMetadata },
  { path: '/auth/users/latchkey-probe', read: readAverosLookup },
  { path: '/authentication', read: readFeathersError },
];

/** Milliseconds for everything together: a development server may load most of itself at the first question. */
const PATIENCE = 10_000;

/**
 * Finds out what a server is: by its URL, or by asking it. The first answer that tells decides. Never rejects: whoever cannot be reached may
 * only not be running yet.
 *
 * @param patience milliseconds for everything together
 */
export async function identifyServer(url: string, patience = PATIENCE): Promise<IdentifiedServer> {
  const kind = kindByAddress(url);
  if (kind !== undefined) return describeServer(kind, url, patience);
  const decided = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(patience), decided.signal]);
  const answers: ServerAnswer[] = [];
  try {
    return await Promise.any(
      QUESTIONS.map(async ({ path, read }) => {
        const answer = await askServer(url + path, signal);
        answers.push(answer);
        const identified = typeof answer === 'string' ? undefined : read(answer, url);
        return identified ?? Promise.reject(new Error('This answer does not tell.'));
      }),
    );
  } catch {
    // None of them did.
    return { kind: 'jwt', note: strangerNote(url, answers) };
  } finally {
    decided.abort();
  }
}

/** What else has to be known of a server of a known kind: how it writes its own name. */
export async function describeServer(
  kind: ServerKind,
  url: string,
  patience = PATIENCE,
): Promise<IdentifiedServer> {
  if (kind !== 'oidc' && kind !== 'cognito-hosted') return { kind };
  const metadata = await openIdMetadata(url, patience);
  if (metadata !== undefined) return { kind, metadata };
  if (kind === 'cognito-hosted') return { kind };
  return {
    kind,
    note: `No OpenID Connect issuer described itself at ${url}${METADATA_PATH}. Its name has to be exactly as the server writes it, with or without a slash at the end.`,
  };
}

function strangerNote(url: string, answers: readonly ServerAnswer[]): string {
  const chosen = 'so jwtServer() was chosen';
  if (answers.every(answer => answer === 'nobody')) {
    return `No server answered at ${url}, ${chosen}. A server to develop with: npx latchkey-auth-server`;
  }
  if (answers.every(answer => typeof answer === 'string')) {
    return `The server at ${url} takes too long to answer, ${chosen}. Say what it is with --kind.`;
  }
  const [other] = answers.map(metadataIn).filter(metadata => metadata !== undefined);
  if (other !== undefined) {
    return `The server at ${url} is the OpenID Connect issuer ${other.issuer}, which is another URL, ${chosen}. If that issuer is meant, give its own URL.`;
  }
  return `The server at ${url} does not say what it is, ${chosen}. If its paths or fields have other names, give them: jwtServer({ url, paths: { … }, fields: { … } })`;
}

function readName({ status, json }: Exclude<ServerAnswer, string>): IdentifiedServer | undefined {
  if (status !== 200 || !isObject(json) || json['server'] !== 'latchkey-auth-server') return undefined;
  const { provider } = json;
  return provider === 'jwt' || provider === 'averos' ? { kind: provider } : undefined;
}

function readMetadata(answer: ServerAnswer, url: string): IdentifiedServer | undefined {
  const metadata = metadataIn(answer);
  return metadata && isIssuerAt(url, metadata) ? { kind: 'oidc', metadata } : undefined;
}

/** Averos answers the question whether a user name is taken in one of three ways, depending on its version. */
function readAverosLookup({ status, json }: Exclude<ServerAnswer, string>): IdentifiedServer | undefined {
  const tells =
    json === null ||
    (isObject(json) && (typeof json['exists'] === 'boolean' || 'userNameNotAvailable' in json));
  return status === 200 && tells ? { kind: 'averos' } : undefined;
}

/** The authentication service of Feathers cannot be listed, and says so in the form of all its errors. */
function readFeathersError({ status, json }: Exclude<ServerAnswer, string>): IdentifiedServer | undefined {
  const tells = isObject(json) && json['code'] === 405 && json['className'] === 'method-not-allowed';
  return status === 405 && tells ? { kind: 'feathers' } : undefined;
}
