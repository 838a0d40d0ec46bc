import { replayFixtures } from '../harness/replay-fixtures';
import { type CognitoDouble, startCognitoDouble } from './cognito-double';
import { FIXTURES } from './wire-fixtures';

describe("cognito(): the double's own answers", () => {
  let double: CognitoDouble;

  beforeEach(async () => {
    double = await startCognitoDouble();
  });

  afterEach(async () => {
    await double.close();
  });

  it('are what the wire fixtures say', async () => {
    expect(await replayFixtures(double.address, FIXTURES)).toEqual([]);
  });

  it('are not of another operation or content type', async () => {
    const send = (type: string) =>
      fetch(double.address, {
        method: 'POST',
        headers: { 'Content-Type': type, 'X-Amz-Target': 'AWSCognitoIdentityProviderService.SignUp' },
        body: '{}',
      });
    expect((await send('application/json')).status).toBe(400);
    const [first] = FIXTURES.filter(({ name }) => name === 'login');
    if (first === undefined) throw new Error('There is a login.');
    const wrong = { ...first, answer: { status: 200, json: { AuthenticationResult: 'something else' } } };
    expect(await replayFixtures(double.address, [wrong])).toHaveSize(1);
  });
});
