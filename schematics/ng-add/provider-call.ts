import type { IdentifiedServer } from './identify-server';
import type { NgAddOptions } from './schema';
import { PLACEHOLDER, providerOptions } from './provider-options';
import { SERVER_KINDS } from './server-kinds';

/** The code that sets the session up for one server. */
export interface ProviderCall {
  readonly call: string;
  /** The function that makes the provider, and where it comes from. */
  readonly factory: string;
  readonly from: string;
  /** The features of the session. */
  readonly features: readonly string[];
  /** What stands in the code for values that only a person knows. */
  readonly placeholders: readonly string[];
}

export const LIBRARY = 'ngx-latchkey';

export function providerCall(
  server: IdentifiedServer,
  url: string,
  { clientId, vault }: NgAddOptions,
): ProviderCall {
  const { factory, entry } = SERVER_KINDS[server.kind];
  const options = providerOptions(server, url, clientId);
  const written = Object.entries(options).map(([name, value]) => `${name}: ${literal(value)}`);
  // Nothing is known of the application's APIs, and this is where they belong.
  if (server.kind === 'oidc') written.push('api: []');
  const features = vault ? ['withWorkerVault'] : [];
  const parts = [`${factory}({ ${written.join(', ')} })`, ...features.map(feature => `${feature}()`)];
  return {
    call: `provideAuth(${parts.join(', ')})`,
    factory,
    from: entry === '' ? LIBRARY : `${LIBRARY}/${entry}`,
    features,
    placeholders: Object.values(options).filter(value => PLACEHOLDER.test(value)),
  };
}

/** The imports that the code needs, as a person would write them. */
export function importLines({ factory, from, features }: ProviderCall): string {
  const own = from === LIBRARY ? [factory] : [];
  const ours = `import { ${['authInterceptor', ...own, 'provideAuth', ...features].join(', ')} } from '${LIBRARY}';`;
  return from === LIBRARY ? ours : `${ours}\n  import { ${factory} } from '${from}';`;
}

/** A text as code, whatever is in it. */
function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
