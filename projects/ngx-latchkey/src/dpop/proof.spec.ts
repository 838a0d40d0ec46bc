import { sha256 } from './base64url';
import { dpopKey, newKeyPair, thumbprintOf } from './dpop-key';
import { proofOf } from './proof';

function part(proof: string, index: number): unknown {
  const text = (proof.split('.')[index] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(atob(text));
}

describe('A DPoP proof', () => {
  it('has the thumbprint of RFC 9449, section 6.1, for the key of its section 4.1', async () => {
    const thumbprint = await thumbprintOf({
      crv: 'P-256',
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
    });
    expect(thumbprint).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });

  it('has the ath of RFC 9449, section 7.1', async () => {
    const token = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU';
    expect(await sha256(token)).toBe('fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo');
  });

  it('says what it is for, and no more of the URL than origin and path', async () => {
    const key = await dpopKey(await newKeyPair());
    const url = new URL('https://api.test/v1/things?secret=1#part');
    const proof = await proofOf(key, {
      method: 'POST',
      url,
      token: 'token',
      nonce: 'n-1',
      now: 1_700_000_000_999,
    });
    expect(part(proof, 0)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicKey });
    expect(part(proof, 1)).toEqual({
      jti: jasmine.stringMatching(/^[\w-]{22,}$/),
      htm: 'POST',
      htu: 'https://api.test/v1/things',
      iat: 1_700_000_000,
      ath: await sha256('token'),
      nonce: 'n-1',
    });
  });

  it('says nothing of a token or a nonce where there is none, and is another each time', async () => {
    const key = await dpopKey(await newKeyPair());
    const request = { method: 'POST', url: new URL('https://auth.test/token'), now: 0 };
    const [one, other] = await Promise.all([proofOf(key, request), proofOf(key, request)]);
    expect(Object.keys(part(one, 1) as object).sort()).toEqual(['htm', 'htu', 'iat', 'jti']);
    expect(part(one, 1)).not.toEqual(part(other, 1));
  });

  it('is signed by the key that it shows', async () => {
    const pair = await newKeyPair();
    const key = await dpopKey(pair);
    const proof = await proofOf(key, { method: 'GET', url: new URL('https://api.test/'), now: 0 });
    const [header = '', claims = '', signature = ''] = proof.split('.');
    const shown = await crypto.subtle.importKey(
      'jwk',
      { ...key.publicKey },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const bytes = (text: string): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(text, letter => letter.charCodeAt(0));
    const raw = bytes(atob(signature.replaceAll('-', '+').replaceAll('_', '/')));
    const verified = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      shown,
      raw,
      bytes(`${header}.${claims}`),
    );
    expect(verified).toBe(true);
  });

  it('comes from a key that no script can read', async () => {
    const { privateKey } = await newKeyPair();
    expect(privateKey.extractable).toBe(false);
    await expectAsync(crypto.subtle.exportKey('jwk', privateKey)).toBeRejected();
  });
});
