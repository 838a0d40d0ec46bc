import type * as OidcProvider from 'oidc-provider';

/** It wants Node 22 and works on 20, as the specs prove. */
const NOISE = 'oidc-provider WARNING: Unsupported runtime.';

let loading: Promise<typeof OidcProvider> | undefined;

/** Loads `oidc-provider` without its remark about the version of Node; all other warnings are shown. */
export function loadProvider(): Promise<typeof OidcProvider> {
  loading ??= loadQuietly();
  return loading;
}

async function loadQuietly(): Promise<typeof OidcProvider> {
  const { warn } = console;
  console.warn = (...words: unknown[]): void => {
    if (!String(words[0]).includes(NOISE)) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
