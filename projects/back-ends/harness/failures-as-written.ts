import { AuthError, type AuthHttp, memberAt } from 'ngx-latchkey/core';
import { fixtureHttp } from './fixture-http';
import type { WireFixture } from './wire-fixture';

/** What an adapter is to make of a failure, and how it comes to ask for it. */
export type ReadFailure = readonly [
  fixture: string,
  read: `${AuthError['failure']} ${string}` | 'done',
  ask: (http: AuthHttp) => Promise<unknown>,
];

/**
 * Declares a spec for each failure of a file: the adapter asks as it is written there, is answered with that alone, and says what it means.
 *
 * @param others failures that are read by other specs, or that the adapter never asks for
 */
export function readsFailuresAsWritten(
  address: string,
  fixtures: readonly WireFixture[],
  failures: readonly ReadFailure[],
  others: readonly string[],
): void {
  for (const [name, read, ask] of failures) {
    it(`reads "${name}" as ${read}`, async () => {
      const http = fixtureHttp(
        address,
        fixtures.filter(fixture => fixture.name === name),
      );
      const outcome = await ask(http).then(
        () => 'done',
        (error: unknown) => (error instanceof AuthError ? `${error.failure} ${error.code}` : String(error)),
      );
      expect(outcome).toBe(read);
      expect(http.asked).toEqual([name]);
    });
  }

  it('leaves no failure of the file out', () => {
    const known = [...failures.map(([name]) => name), ...others];
    expect(known.sort()).toEqual(
      fixtures
        .filter(isFailure)
        .map(({ name }) => name)
        .sort(),
    );
  });
}

function isFailure({ answer: { status, json } }: WireFixture): boolean {
  return status >= 400 || memberAt(json, 'errors') !== undefined;
}
