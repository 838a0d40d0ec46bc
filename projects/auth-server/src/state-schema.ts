import { claims, signingSecret } from './config-schema.js';
import {
  array,
  boolean,
  integer,
  object,
  oneOf,
  optional,
  required,
  text,
  type Reader,
} from './json-shape.js';
import type { State } from './state.js';

const COUNT = integer(0, Number.MAX_SAFE_INTEGER);

/** ISO 8601 in the file, milliseconds since the epoch in the program. */
const moment: Reader<number> = (node, report) => {
  const iso = text('a time such as "2026-01-31T12:00:00.000Z"', found => !Number.isNaN(Date.parse(found)))(
    node,
    report,
  );
  return iso === undefined ? undefined : Date.parse(iso);
};

const user = object({
  id: required(text()),
  username: required(text()),
  name: required(text()),
  email: required(text()),
  emailVerified: required(boolean()),
  roles: required(array(text())),
  permissions: required(array(text())),
  claims: optional(claims),
  locked: optional(boolean()),
  passwordHash: required(text('a hash such as "$argon2id$…"', hash => hash.startsWith('$argon2'))),
  seeded: optional(boolean()),
});

const opaqueToken = object({
  digest: required(text()),
  number: required(COUNT),
  generation: required(COUNT),
  expiresAt: required(moment),
});

const session = object({
  id: required(text()),
  userId: required(text()),
  transport: required(oneOf(['body', 'cookie', 'averos'])),
  createdAt: required(moment),
  lastUsedAt: required(moment),
  expiresAt: required(moment),
  generation: required(COUNT),
  current: required(text()),
  previous: optional(object({ digest: required(text()), rotatedAt: required(moment) })),
  spent: required(array(text())),
  accessIssued: required(COUNT),
  accessEndedThrough: required(COUNT),
  opaque: required(array(opaqueToken)),
  ended: optional(object({ at: required(moment), why: required(oneOf(['logout', 'reused', 'revoked'])) })),
});

/** What the data file must hold. */
export const stateReader: Reader<State> = object({
  about: optional(text()),
  version: required(integer(1, 1)),
  signingSecret: required(signingSecret),
  successorKey: required(text('a text of at least 32 characters', key => key.length >= 32)),
  users: required(array(user)),
  sessions: required(array(session)),
  pendingTokens: required(
    array(
      object({
        kind: required(oneOf(['password-reset', 'email-verification'])),
        userId: required(text()),
        token: required(text()),
        expiresAt: required(moment),
      }),
    ),
  ),
  notes: required(
    array(
      object({
        id: required(text()),
        userId: required(text()),
        text: required(text()),
        createdAt: required(moment),
      }),
    ),
  ),
});
