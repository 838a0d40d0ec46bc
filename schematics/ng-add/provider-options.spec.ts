import { providerOptions } from './provider-options';

describe('The options of a provider', () => {
  const POOL = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC';

  it("have the domain of a Cognito pool's managed login, which its description names", () => {
    const domain = 'https://shop.auth.eu-west-1.amazoncognito.com';
    const metadata = { issuer: POOL, authorizationEndpoint: `${domain}/oauth2/authorize` };
    expect(providerOptions({ kind: 'cognito-hosted', metadata }, POOL, 'web')).toEqual({
      domain,
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_AbC',
      clientId: 'web',
    });
  });

  it('leave that domain open where nothing names it', () => {
    for (const authorizationEndpoint of ['https://elsewhere.test/authorize', '']) {
      const server = { kind: 'cognito-hosted', metadata: { issuer: POOL, authorizationEndpoint } } as const;
      expect(providerOptions(server, POOL)['domain']).toBe('YOUR_DOMAIN');
    }
  });

  it('take a realm as it is whose percent signs are its own', () => {
    const { realm } = providerOptions({ kind: 'keycloak' }, 'https://sso.test/realms/100%');
    expect(realm).toBe('100%');
  });
});
