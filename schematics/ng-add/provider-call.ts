import type { ProviderKind } from './schema';

/** The code that sets the session up for one kind of server. */
export interface ProviderCall {
  readonly call: string;
  /** The function that makes the provider, and where it comes from. */
  readonly factory: string;
  readonly from: string;
}

export const LIBRARY = 'ngx-latchkey';

export function providerCall(kind: ProviderKind, url: string): ProviderCall {
  return kind === 'averos'
    ? { call: `provideAuth(averos({ url: '${url}' }))`, factory: 'averos', from: `${LIBRARY}/averos` }
    : { call: `provideAuth(jwtServer({ url: '${url}' }))`, factory: 'jwtServer', from: LIBRARY };
}

/** The imports that the code needs, as a person would write them. */
export function importLines({ factory, from }: ProviderCall): string {
  return from === LIBRARY
    ? `import { authInterceptor, ${factory}, provideAuth } from '${LIBRARY}';`
    : `import { authInterceptor, provideAuth } from '${LIBRARY}';\n  import { ${factory} } from '${from}';`;
}
