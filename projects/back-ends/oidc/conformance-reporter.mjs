// A Jasmine reporter that draws docs/openid-conformance.md from the names of the specs, which hold the modules of the OpenID conformance
// suite that they cover, in brackets:
//
//   node --import tsx node_modules/jasmine/bin/jasmine.js --config=projects/back-ends/jasmine.json \
//     --reporter=./projects/back-ends/oidc/conformance-reporter.mjs 'projects/back-ends/oidc/*.spec.ts'
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/openid-conformance.md';
const MODULE = /\s*\[(oidcc-[\w-]+)\]/g;

/** The plans for relying parties that a public client with the code flow can be measured by. */
const PLANS = {
  'Basic (`oidcc-client-basic-certification-test-plan`)': [
    'oidcc-client-test',
    'oidcc-client-test-invalid-iss',
    'oidcc-client-test-missing-sub',
    'oidcc-client-test-invalid-aud',
    'oidcc-client-test-missing-iat',
    'oidcc-client-test-kid-absent-single-jwks',
    'oidcc-client-test-kid-absent-multiple-jwks',
    'oidcc-client-test-idtoken-sig-rs256',
    'oidcc-client-test-idtoken-sig-none',
    'oidcc-client-test-invalid-sig-rs256',
    'oidcc-client-test-userinfo-invalid-sub',
    'oidcc-client-test-nonce-invalid',
    'oidcc-client-test-scope-userinfo-claims',
    'oidcc-client-test-client-secret-basic',
  ],
  'Config (`oidcc-client-config-certification-test-plan`)': [
    'oidcc-client-test-discovery-openid-config',
    'oidcc-client-test-discovery-jwks-uri-keys',
    'oidcc-client-test-discovery-issuer-mismatch',
    'oidcc-client-test-idtoken-sig-none',
    'oidcc-client-test-signing-key-rotation-just-before-signing',
    'oidcc-client-test-signing-key-rotation',
  ],
  'Refresh token (`oidcc-client-refreshtoken-test-plan`, no part of the certification)': [
    'oidcc-client-test-refresh-token',
    'oidcc-client-test-refresh-token-invalid-issuer',
    'oidcc-client-test-refresh-token-invalid-sub',
  ],
  'RP-initiated logout (`oidcc-client-rp-initiated-logout-rp-basic`)': [
    'oidcc-client-test-rp-init-logout',
    'oidcc-client-test-rp-init-logout-other-state',
    'oidcc-client-test-rp-init-logout-no-state',
  ],
};

const NO_TEST = {
  'oidcc-client-test-client-secret-basic': 'not applicable: a page has no client secret',
};

/** What the tests do otherwise than the modules. */
const REMARKS = {
  'oidcc-client-test-invalid-sig-hs256': 'symmetric signatures are always refused',
  'oidcc-client-test-idtoken-sig-none': 'unsigned tokens are always refused',
  'oidcc-client-test-kid-absent-multiple-jwks': 'refused, which the module allows',
  'oidcc-client-test-rp-init-logout-no-state':
    'the library always sends a `state`; the test is about the way back without one',
};

export default class ConformanceReporter {
  #specs = [];
  #failed = 0;

  specDone({ fullName, status, failedExpectations }) {
    this.#specs.push({ fullName, status });
    if (status !== 'failed') return;
    this.#failed += 1;
    console.log(fullName, ...failedExpectations.map(({ message }) => `\n  ${message}`));
  }

  async jasmineDone({ incompleteReason }) {
    const plans = Object.entries(PLANS).map(
      ([plan, modules]) =>
        `## ${plan}\n\n| module | tests | outcome | remark |\n| --- | --- | --- | --- |\n${modules.map(name => this.#row(name)).join('\n')}\n`,
    );
    const known = Object.values(PLANS).flat();
    const others = [...new Set(this.#specs.flatMap(({ fullName }) => modulesIn(fullName)))]
      .filter(name => !known.includes(name))
      .sort()
      .map(name => this.#row(name));
    const page = `# The OpenID conformance suite's modules, and our tests of them

Made by \`projects/back-ends/oidc/conformance-reporter.mjs\` from the names of the specs in \`projects/back-ends/oidc\` and what they came to. These are
our own tests against our own issuers: they send what the modules of the [OpenID Foundation's suite](https://gitlab.com/openid/conformance-suite) send.
**The suite itself has not been run against the library**, and the library is not certified. Whatever is wrong with a signature is seen
with \`verifySignature\` only.

${plans.join('\n')}
## Modules of other plans

| module | tests | outcome | remark |
| --- | --- | --- | --- |
${others.join('\n')}
`;
    writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
    console.log(`${PAGE}: ${this.#specs.length} specs, ${this.#failed} failed. ${incompleteReason ?? ''}`);
  }

  #row(name) {
    const mine = this.#specs
      .filter(({ fullName }) => modulesIn(fullName).includes(name))
      .sort((one, other) => (one.fullName < other.fullName ? -1 : 1));
    const tests = mine
      .map(({ fullName }) => fullName.replace(MODULE, '').replaceAll('|', '\\|'))
      .join('<br>');
    const failed = mine.filter(({ status }) => status !== 'passed').length;
    const outcome = mine.length === 0 ? '–' : failed ? `✘ ${failed} of ${mine.length}` : `✔ ${mine.length}`;
    const remark = REMARKS[name] ?? (mine.length === 0 ? (NO_TEST[name] ?? 'no test yet') : '');
    return `| \`${name}\` | ${tests} | ${outcome} | ${remark} |`;
  }
}

function modulesIn(fullName) {
  return [...fullName.matchAll(MODULE)].map(([, name]) => name);
}
