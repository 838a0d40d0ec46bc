import { expireTokens, setTokenLife } from '../support/auth-server-admin';
import { type LoggedRequest, endOfLog, requestsSince } from '../support/request-log';
import { outlive } from '../support/token-life';
import type { Demo } from './demo';
import { expect, refreshesSince, test } from './demo-test';

test.describe('many calls with an expired token', { tag: '@demo' }, () => {
  test('the burst page fires 20 calls: one refresh, 20 answers', async ({ demo, server }) => {
    await demo.open('/burst');
    await demo.logIn('ada');
    await expect(demo.part('burst-start')).toBeVisible();
    const begin = await endOfLog(server);
    await demo.part('burst-start').click();

    await expect(demo.part('burst-ok-count')).toHaveText('20');
    await expect(demo.part('burst-refresh-count')).toHaveText('1');
    expect(await refreshesSince(server, begin)).toBe(1);
    expect(await answersSince(server, begin)).toHaveLength(20);
  });

  test('100 parallel calls with a token that only the server knows to be dead: one refresh, 100 answers', async ({
    demo,
    server,
  }) => {
    await arriveAtAccount(demo);
    const begin = await endOfLog(server);
    await expireTokens(server);
    await callAtOnce(demo, 100);

    await expect.poll(async () => (await answersSince(server, begin)).length).toBe(100);
    expect(await refreshesSince(server, begin)).toBe(1);
    await expect(demo.part('profile-answer')).toContainText('ada');
  });

  test('100 parallel calls after the token has run out: one refresh, 100 answers, none refused', async ({
    demo,
    server,
    traffic,
  }) => {
    await setTokenLife(server, 3);
    await arriveAtAccount(demo);
    await outlive(server, traffic.tokens[0] ?? '');
    await setTokenLife(server, 900);
    const begin = await endOfLog(server);
    await callAtOnce(demo, 100);

    await expect.poll(async () => (await answersSince(server, begin)).length).toBe(100);
    expect(await refreshesSince(server, begin)).toBe(1);
    expect((await requestsSince(server, begin)).filter(({ status }) => status >= 400)).toEqual([]);
  });
});

async function arriveAtAccount(demo: Demo): Promise<void> {
  await demo.open('/account');
  await demo.logIn('ada');
  await expect(demo.part('profile-answer')).toContainText('ada');
}

/** Presses the button in one go: the page makes every call before the first one can be answered. */
function callAtOnce(demo: Demo, times: number): Promise<void> {
  return demo.part('profile-again').evaluate((button: HTMLElement, count) => {
    for (let press = 0; press < count; press++) button.click();
  }, times);
}

async function answersSince(server: string, n: number): Promise<readonly LoggedRequest[]> {
  const requests = await requestsSince(server, n);
  return requests.filter(
    ({ path, status, authenticated }) => path === '/api/profile' && status === 200 && authenticated,
  );
}
