import { type ServerAnswer, askServer, isObject } from './server-answer';

/** Where an OpenID issuer describes itself, below its own URL. */
export const METADATA_PATH = '/.well-known/openid-configuration';

/** What is of use in the description of an OpenID issuer. */
export interface OpenIdMetadata {
  /** As the server writes it, with or without a slash at its end. */
  readonly issuer: string;
  readonly authorizationEndpoint?: string;
}

/** The description in an answer, whatever issuer it is of. */
export function metadataIn(answer: ServerAnswer): OpenIdMetadata | undefined {
  if (typeof answer === 'string' || answer.status !== 200 || !isObject(answer.json)) return undefined;
  const { issuer, authorization_endpoint: authorizationEndpoint } = answer.json;
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return undefined;
  return { issuer, ...(typeof authorizationEndpoint === 'string' && { authorizationEndpoint }) };
}

/** Whether the issuer is the one at the URL (OpenID Connect Discovery, section 4.3); only a slash at the end may differ. */
export function isIssuerAt(url: string, { issuer }: OpenIdMetadata): boolean {
  return issuer.replace(/\/$/, '') === url;
}

/**
 * The description of the issuer at a URL; `undefined` where there is none.
 *
 * @param patience milliseconds
 */
export async function openIdMetadata(url: string, patience: number): Promise<OpenIdMetadata | undefined> {
  const found = metadataIn(await askServer(url + METADATA_PATH, AbortSignal.timeout(patience)));
  return found && isIssuerAt(url, found) ? found : undefined;
}
