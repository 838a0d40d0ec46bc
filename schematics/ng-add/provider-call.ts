import type { ProviderKind } from './schema';

/** The code that sets the session up for one kind of server. */
export interface ProviderCall {
  readonly call: string;
  /** The function that makes the provider, and where it comes from. */
  readonly factory: string;
  readonly from: string;
  /** The features of the session. */
  readonly features: readonly string[];
}

export const LIBRARY = 'ngx-latchkey';

export function providerCall(kind: ProviderKind, url: string, vault = false): ProviderCall {
  const features = vault ? ['withWorkerVault'] : [];
  const factory = kind === 'averos' ? 'averos' : 'jwtServer';
  const parts = [`${factory}({ url: '${url}' })`, ...features.map(feature => `${feature}()`)];
  return {
    call: `provideAuth(${parts.join(', ')})`,
    factory,
    from: kind === 'averos' ? `${LIBRARY}/averos` : LIBRARY,
    features,
  };
}

/** The imports that the code needs, as a person would write them. */
export function importLines({ factory, from, features }: ProviderCall): string {
  const own = from === LIBRARY ? [factory] : [];
  const ours = `import { ${['authInterceptor', ...own, 'provideAuth', ...features].join(', ')} } from '${LIBRARY}';`;
  return from === LIBRARY ? ours : `${ours}\n  import { ${factory} } from '${from}';`;
}
