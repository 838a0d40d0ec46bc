import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import type { LiveRecord } from 'ngx-latchkey/core';
import { grantOf, tokenWith } from '../../testing-support/sign-in-elsewhere';
import { type StepUpRequirement, meets, requirementIn } from './requirement';

const NOW = Math.floor(Date.now() / 1000);

function answer(challenge: string, status = 401): HttpErrorResponse {
  return new HttpErrorResponse({ status, headers: new HttpHeaders({ 'WWW-Authenticate': challenge }) });
}

function record(claims: object, profile: Record<string, unknown> = {}): LiveRecord {
  const { token, user } = grantOf(tokenWith(claims));
  return {
    v: 1,
    sid: 'sid',
    epoch: 1,
    generation: 1,
    receivedAt: Date.now(),
    life: null,
    held: { token, user: user && { ...user, profile } },
  };
}

describe('What an API asks for', () => {
  const said: readonly (readonly [string, StepUpRequirement | null])[] = [
    [
      'Bearer error="insufficient_user_authentication", error_description="A different level is required", acr_values="a b", max_age="5"',
      { acrValues: 'a b', maxAge: 5 },
    ],
    ['DPoP error="insufficient_user_authentication", max_age=5', { acrValues: undefined, maxAge: 5 }],
    ['Bearer error="insufficient_user_authentication"', { acrValues: undefined, maxAge: undefined }],
    ['Bearer error="invalid_token", max_age="5"', null],
    ['Basic realm="insufficient_user_authentication"', null],
    ['', null],
  ];
  for (const [challenge, requirement] of said) {
    it(`is in ${challenge || 'no header'}`, () => {
      expect(requirementIn(answer(challenge))).toEqual(requirement);
    });
  }

  it('counts with status 401 only', () => {
    expect(requirementIn(answer('Bearer error="insufficient_user_authentication"', 403))).toBeNull();
  });
});

describe('Whether a sign-in does', () => {
  const cases: readonly (readonly [string, LiveRecord, StepUpRequirement, boolean | undefined])[] = [
    ['one of the kinds', record({ acr: 'b' }), { acrValues: 'a b' }, true],
    ['another kind', record({ acr: 'c' }), { acrValues: 'a b' }, false],
    ['no word of the kind', record({}), { acrValues: 'a' }, undefined],
    ['recent', record({ auth_time: NOW - 100 }), { maxAge: 300 }, true],
    ['too long ago', record({ auth_time: NOW - 400 }), { maxAge: 300 }, false],
    ['no word of the time', record({}), { maxAge: 300 }, undefined],
    ['one good and one unknown', record({ acr: 'a' }), { acrValues: 'a', maxAge: 300 }, undefined],
    ['one unknown and one bad', record({ acr: 'c' }), { acrValues: 'a', maxAge: 300 }, false],
    [
      'the claims of the ID token',
      record({}, { acr: 'a', auth_time: NOW }),
      { acrValues: 'a', maxAge: 9 },
      true,
    ],
    [
      'a clock that is an hour fast',
      record({ iat: NOW - 3_600, auth_time: NOW - 3_610 }),
      { maxAge: 60 },
      true,
    ],
    ['nothing asked', record({}), {}, true],
  ];
  for (const [name, kept, asked, verdict] of cases) {
    it(`${name}: ${String(verdict)}`, () => {
      expect(meets(kept, asked)).toBe(verdict);
    });
  }
});
