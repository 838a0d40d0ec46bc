import { type RunningFirebase, administrator } from './running-firebase';

const ACCOUNTS = [
  { email: 'ada@example.test', password: 'latchkey-ada', displayName: 'Ada Lovelace', roles: ['admin'] },
  { email: 'grace@example.test', password: 'latchkey-grace', displayName: 'Grace Hopper', roles: [] },
];

/** Gives the double, or the emulator, somebody who can sign in. */
export async function addFirebaseAccounts(
  firebase: RunningFirebase,
): Promise<readonly { readonly username: string; readonly password: string }[]> {
  const { change } = administrator(firebase);
  for (const { roles, ...account } of ACCOUNTS) {
    const answer = await fetch(
      `${firebase.address}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=demo`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(account),
      },
    );
    if (!answer.ok) throw new Error(`signUp answered ${String(answer.status)}: ${await answer.text()}`);
    const { localId } = (await answer.json()) as { readonly localId: string };
    await change({ localId, customAttributes: JSON.stringify({ roles }) });
  }
  return ACCOUNTS.map(({ email, password }) => ({ username: email, password }));
}
