import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The group of 3072 bits, as RFC 5054 (appendix A) writes it; Cognito takes 2 as its generator. */
const MODULUS = BigInt(
  '0x' +
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const GENERATOR = 2n;
const MULTIPLIER = hashOf(bytesOf(MODULUS), bytesOf(GENERATOR));

/** What the server sends so that the client can prove that it knows the password. */
export interface SrpChallenge {
  readonly SRP_B: string;
  readonly SALT: string;
  readonly SECRET_BLOCK: string;
  readonly USER_ID_FOR_SRP: string;
}

/** The server's half of one SRP sign-in. */
export interface SrpVerifier {
  readonly challenge: SrpChallenge;
  /** Whether the client has shown that it knows the password. */
  proves(signature: string, timestamp: string): boolean;
}

/**
 * Begins an SRP sign-in as Cognito does: SRP-6a, with HKDF for the key and an HMAC over names and time as the proof.
 *
 * @param publicKey the client's number A, in hexadecimal digits
 */
export function srpVerifier(
  userPoolId: string,
  userId: string,
  password: string,
  publicKey: string,
): SrpVerifier {
  const pool = userPoolId.split('_')[1] ?? '';
  const salt = BigInt(`0x${randomBytes(16).toString('hex')}`);
  const inner = createHash('sha256').update(`${pool}${userId}:${password}`).digest();
  const verifier = power(GENERATOR, hashOf(bytesOf(salt), inner));
  const own = BigInt(`0x${randomBytes(32).toString('hex')}`);
  const ownPublic = (MULTIPLIER * verifier + power(GENERATOR, own)) % MODULUS;
  const theirs = BigInt(`0x${publicKey}`);
  const scramble = hashOf(bytesOf(theirs), bytesOf(ownPublic));
  const shared = power(theirs * power(verifier, scramble), own);
  const key = hkdfSync('sha256', bytesOf(shared), bytesOf(scramble), 'Caldera Derived Key', 16);
  const block = randomBytes(64);
  return {
    challenge: {
      SRP_B: ownPublic.toString(16),
      SALT: salt.toString(16),
      SECRET_BLOCK: block.toString('base64'),
      USER_ID_FOR_SRP: userId,
    },
    proves(signature, timestamp) {
      if (theirs % MODULUS === 0n) return false;
      const expected = createHmac('sha256', Buffer.from(key))
        .update(pool + userId)
        .update(block)
        .update(timestamp);
      return expected.digest('base64') === signature;
    },
  };
}

/** A number as Java writes it: the fewest bytes of which the first has its highest bit free. */
function bytesOf(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(/^[89a-f]/i.test(even) ? `00${even}` : even, 'hex');
}

function hashOf(...parts: readonly Buffer[]): bigint {
  return BigInt(`0x${createHash('sha256').update(Buffer.concat(parts)).digest('hex')}`);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % MODULUS;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % MODULUS;
    square = (square * square) % MODULUS;
  }
  return result;
}
