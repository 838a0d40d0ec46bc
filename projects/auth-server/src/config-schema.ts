import {
  array,
  at,
  boolean,
  either,
  integer,
  object,
  oneOf,
  optional,
  record,
  required,
  text,
  value,
} from './json-shape.js';
import type { Reader } from './json-shape.js';
import { isOrigin } from './origins.js';
import type { Requirement } from './rules.js';
import type { Settings } from './settings.js';
import type { ClaimValue, SigningSecret } from './state.js';
import { RESERVED_CLAIMS } from './tokens.js';

const YEAR = 31_536_000;

/** RFC 7518 section 3.2: a key for HS256 has at least 256 bits. */
export const signingSecret: Reader<SigningSecret> = object({
  id: required(text('a text that is not empty', id => id !== '')),
  secret: required(text('a text of at least 32 characters', secret => secret.length >= 32)),
});

const texts = array(text());
const scalar = (found: unknown): found is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof found);
const claimValue = (found: unknown): found is ClaimValue =>
  scalar(found) || (Array.isArray(found) && found.every(item => typeof item === 'string'));

export const claims = record(
  value(claimValue, 'a text, a number, true, false, or a list of texts'),
  RESERVED_CLAIMS,
);

const requirement: Reader<Requirement> = either<Requirement>(
  [
    oneOf(['allow', 'authenticated']),
    object({ role: required(text()) }),
    object({ permission: required(text()) }),
    object({ claim: required(text()), value: required(value(scalar, 'a text, a number, true or false')) }),
  ],
  '"allow", "authenticated", {"role": …}, {"permission": …} or {"claim": …, "value": …}',
);

/** What a config file may say. */
export const configReader: Reader<Partial<Settings>> = object({
  $schema: optional(text()),
  host: optional(text('a host name or address', host => host !== '')),
  port: optional(integer(0, 65_535)),
  data: optional(text('a path, or "memory"')),
  contract: optional(oneOf(['jwt', 'averos'])),
  rotation: optional(oneOf(['grace', 'strict'])),
  overlap: optional(integer(0, YEAR)),
  dpopNonce: optional(oneOf(['optional', 'required'])),
  accessTokenLifetime: optional(integer(1, YEAR)),
  refreshTokenLifetime: optional(integer(1, YEAR)),
  issuer: optional(text('a text that is not empty', issuer => issuer !== '')),
  origins: optional(array(text('an origin such as "https://app.example.test", without a path', isOrigin))),
  signing: optional(object({ secrets: required(unique(array(signingSecret), secret => secret.id)) })),
  rules: optional(
    array(
      object({
        path: required(text('a path below /api/, perhaps ending in /*', path => /^\/api\/\S+$/.test(path))),
        rule: required(requirement),
      }),
    ),
  ),
  users: optional(
    unique(
      array(
        object({
          username: required(text('a name without spaces and without @', name => /^[^\s@]+$/.test(name))),
          password: required(text('a text that is not empty', password => password !== '')),
          name: optional(text()),
          email: optional(text('an e-mail address', email => /^[^\s@]+@[^\s@]+$/.test(email))),
          emailVerified: optional(boolean()),
          locked: optional(boolean()),
          roles: optional(texts),
          permissions: optional(texts),
          claims: optional(claims),
        }),
      ),
      user => user.username,
    ),
  ),
  passwordHashing: optional(
    object({
      memoryCost: required(integer(128, 1_048_576)),
      timeCost: required(integer(1, 100)),
      parallelism: required(integer(1, 16)),
    }),
  ),
});

/** A list in which no two items have the same name, whatever their case. */
function unique<T>(read: Reader<readonly T[]>, nameOf: (item: T) => string): Reader<readonly T[]> {
  return (node, report) => {
    const items = read(node, report);
    const seen = new Set<string>();
    for (const name of (items ?? []).map(nameOf)) {
      if (seen.has(name.toLowerCase())) report(at(node, `Two entries are called ${JSON.stringify(name)}.`));
      seen.add(name.toLowerCase());
    }
    return items;
  };
}
