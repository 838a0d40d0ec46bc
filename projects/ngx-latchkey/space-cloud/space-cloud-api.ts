import { type ApiAnswer, type ApiSide, type Held, memberAt, readJwt, secureUrl } from 'ngx-latchkey/core';

/** Where a project of Space Cloud is. */
export interface SpaceCloudProject {
  /** The gateway, such as `https://gateway.example.com`; for development `http://localhost:4122`. */
  readonly url: string;
  /** The id of the project. */
  readonly project: string;
}

/**
 * The APIs of a Space Cloud project, for tokens that another back end hands out: REST, GraphQL, services and files take any JWT that is signed with
 * one of the project's secrets.
 *
 * @throws AuthError `invalid-url-rule`, `insecure-url`
 *
 * @example provideAuth(firebase({ apiKey, projectId }), withApi(spaceCloudApi({ url, project: 'shop' })))
 */
export function spaceCloudApi(options: SpaceCloudProject): ApiSide {
  return { api: { origins: [projectUrl(options)], judge } };
}

/** `https://gateway.example.com/v1/api/shop`, below which everything of a project is. */
export function projectUrl({ url, project }: SpaceCloudProject): string {
  secureUrl(url);
  return `${url.replace(/\/+$/, '')}/v1/api/${encodeURIComponent(project)}`;
}

/** Whether the token has run out by its own `exp`; `false` where it does not say. */
export function hasRunOut(token?: string): boolean {
  const exp = readJwt(token)?.exp;
  return exp !== undefined && exp * 1000 <= Date.now();
}

/** The gateway says 403 to a dead token and to what the rules deny alike; the token itself tells the one from the other. */
function judge({ status, body }: ApiAnswer, { token }: Held): 'token-refused' | 'pass' {
  const rejected = status === 403 || (status === 200 && blamesToken(body));
  return rejected && hasRunOut(token) ? 'token-refused' : 'pass';
}

/** GraphQL answers with 200 whatever happens. */
function blamesToken(body: unknown): boolean {
  return graphqlErrors(body).some(message => /token/i.test(message));
}

/** What GraphQL says that went wrong. */
export function graphqlErrors(body: unknown): readonly string[] {
  return [memberAt(body, 'errors') ?? []].flat().map(error => String(memberAt(error, 'message')));
}
