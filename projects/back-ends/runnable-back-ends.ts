import type { OpenIdServer } from './feathers/open-id-server';

/** How a back end is to be started. */
export interface StartOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Seconds that tokens live; what is usual for the back end, if left out. */
  readonly tokenLife: number | undefined;
  /** The origin of the application that users of OAuth are led back to. Without it there is no OAuth. */
  readonly application: string | undefined;
}

/** A back end that runs. */
export interface RunningBackEnd {
  readonly address: string;
  /** Who may sign in, with what this user is good for where it is not plain. */
  readonly users: readonly { readonly username: string; readonly password: string; readonly note?: string }[];
  close(): Promise<void>;
}

/** The back ends that can be started, by their names. Each is loaded when it is started: together they take seconds. */
export const RUNNABLE: Readonly<Record<string, (options: StartOptions) => Promise<RunningBackEnd>>> = {
  async feathers({ port, tokenLife, application }) {
    const { PEOPLE, startFeathers } = await import('./feathers/feathers-server');
    const oauth = application === undefined ? undefined : await oauthFor(application, port);
    const server = await startFeathers({
      port,
      ...(tokenLife !== undefined && { tokenLife }),
      ...oauth,
    });
    return {
      ...server,
      async close() {
        oauth?.openId.close();
        await server.close();
      },
      users: PEOPLE.map(({ email, password, ...rest }) => ({
        username: email,
        password,
        ...('locked' in rest && { note: 'locked' }),
        ...('isVerified' in rest && { note: 'not verified' }),
      })),
    };
  },
  async 'space-cloud'({ port, tokenLife }) {
    const { startSpaceCloudDouble } = await import('./space-cloud/space-cloud-double');
    const double = await startSpaceCloudDouble({ port, ...(tokenLife !== undefined && { tokenLife }) });
    return { ...double, users: [{ username: 'ada@example.test', password: 'secret' }] };
  },
  async 'eight-base'({ port, tokenLife }) {
    const { startEightBaseDouble } = await import('./eight-base/eight-base-double');
    const double = await startEightBaseDouble({ port });
    if (tokenLife !== undefined) double.pool.lifetimes.idToken = tokenLife * 1000;
    const password = 'correct horse';
    return {
      ...double,
      users: [
        { username: 'ada@example.test', password },
        { username: 'grace@example.test', password, note: 'here for the first time' },
        { username: 'eve@example.test', password, note: 'not verified' },
      ],
    };
  },
  async firebase({ port, tokenLife }) {
    const { addFirebaseAccounts } = await import('./firebase/firebase-accounts');
    const { startFirebaseDouble } = await import('./firebase/firebase-double');
    const double = await startFirebaseDouble({ port, ...(tokenLife !== undefined && { life: tokenLife }) });
    return { ...double, users: await addFirebaseAccounts(double) };
  },
  async cognito({ port, tokenLife }) {
    const { startCognitoDouble } = await import('./cognito/cognito-double');
    const double = await startCognitoDouble({ port, ...(tokenLife !== undefined && { tokenLife }) });
    const { password } = double;
    return {
      ...double,
      users: [
        { username: 'ada', password },
        { username: 'nora', password, note: 'needs a new password' },
        { username: 'tom', password, note: 'is asked for the code 123456' },
        { username: 'bea', password, note: 'chooses a second factor, then 123456' },
      ],
    };
  },
};

/** An OpenID server, and what Feathers has to know of it; it has to know Feathers' port. */
async function oauthFor(
  application: string,
  wanted: number,
): Promise<{ readonly application: string; readonly openId: OpenIdServer; readonly port: number }> {
  const { freePort, startOpenId } = await import('./feathers/open-id-server');
  const port = wanted === 0 ? await freePort() : wanted;
  const openId = await startOpenId(`http://127.0.0.1:${String(port)}/oauth/openid/callback`);
  return { application, openId, port };
}
