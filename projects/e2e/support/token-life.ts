import { expect } from '@playwright/test';

/** Waits until the server itself refuses the token: the expiry is lived through, not faked. */
export async function outlive(server: string, token: string): Promise<void> {
  await expect
    .poll(() => statusFor(server, token), { intervals: [250], timeout: 20_000, message: 'the token expires' })
    .toBe(401);
}

/** An API that no page of the story calls, so that the request log tells these calls from theirs. */
const OUR_API = '/api/reports';

async function statusFor(server: string, token: string): Promise<number> {
  const response = await fetch(server + OUR_API, { headers: { authorization: `Bearer ${token}` } });
  await response.text();
  return response.status;
}
