import { type KeyObject, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A server's key and its certificate, both as PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/**
 * A certificate that nobody has signed but its own key, for one day and every name: for a browser that is told to accept it. Made by hand
 * (RFC 5280, section 4.1), since Node can sign texts but no certificates.
 */
export function selfSignedCertificate(name: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const commonName = sequence(set(sequence(objectId(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(name)))));
  const day = 86_400_000;
  const certified = sequence(
    tagged(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    commonName,
    sequence(time(Date.now() - day), time(Date.now() + day)),
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.of(0), signed(certified, privateKey)]));
  const certificate = sequence(certified, ECDSA_WITH_SHA256, signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

const ECDSA_WITH_SHA256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

function signed(bytes: Buffer, key: KeyObject): Buffer {
  return sign('sha256', bytes, key);
}

/** One value of ASN.1 in DER: what it is, how long it is, and the value. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), value]);
}

function sequence(...values: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(values));
}

function set(...values: readonly Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(values));
}

function objectId(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

/** Such as `261121143000Z`. */
function time(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replace(/\D/g, '');
  return tagged(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}
