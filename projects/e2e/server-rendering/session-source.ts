/**
 * The `session.ts` of an application with `jwtServer()`.
 *
 * @param news the API of the news page
 */
export function jwtSession(server: string, news: string): string {
  return `import { jwtServer } from 'ngx-latchkey';

export const session = jwtServer({ url: '${server}', api: ['${news}'] });
export const publicApi = '${news}';
export const loginInput = (username: string, password: string, _returnUrl: string): object => ({ username, password });
`;
}

/** The `session.ts` of an application with `oidc()`. */
export function oidcSession(server: string): string {
  return `import { oidc } from 'ngx-latchkey/oidc';

export const session = oidc({
  issuer: '${server}/oidc',
  clientId: 'latchkey-spa',
  scope: 'openid profile email roles offline_access',
  api: ['${server}'],
});
export const publicApi = '${server}/api/public';
export const loginInput = (_username: string, _password: string, returnUrl: string): object => ({ returnUrl });
`;
}
