import { AuthError, type AuthProvider, type SessionEvent, fetchTransport } from 'ngx-latchkey/core';
import { type OidcLogin, type OidcOptions, oidc } from 'ngx-latchkey/oidc';
import { CLIENT_ID, type HostileIssuer, startHostileIssuer } from './hostile-issuer';
import { hostileKey } from './hostile-keys';
import { APPLICATION, NodeBrowser, type OpenPage } from './node-browser';

type Options = Partial<OidcOptions>;

/** A hostile issuer and a browser, made anew for each spec. Requests go by the transport that browsers use. */
export interface HostileWorld {
  readonly issuer: HostileIssuer;
  readonly browser: NodeBrowser;
  provider(more?: Options): AuthProvider<OidcLogin>;
  open(more?: Options, at?: string): OpenPage;
  /** The URL with which the issuer sends a user back who was led there. */
  wayBack(more?: Options, input?: object): Promise<string>;
  signIn(more?: Options, input?: object): Promise<OpenPage>;
  /** No word of what is secret in the error, and in what listeners of all pages have heard. */
  expectDiscretion(error?: Error): void;
  /** Refused with that code, and without a word of what is secret in the error and in what listeners hear. */
  expectRefusal(attempt: Promise<unknown>, code: string): Promise<AuthError>;
}

/** Milliseconds that the issuer has to answer: less than the engine's patience, for the issuers that never do, and enough on a busy machine. */
const DEADLINE = 5_000;

export function hostileWorld(): HostileWorld {
  const pages: OpenPage[] = [];
  const world = {
    issuer: undefined as unknown as HostileIssuer,
    browser: undefined as unknown as NodeBrowser,
    provider: (more: Options = {}): AuthProvider<OidcLogin> =>
      oidc({ issuer: world.issuer.issuer, clientId: CLIENT_ID, redirectUri: APPLICATION, ...more }),
    open(more?: Options, at?: string): OpenPage {
      const opened = world.browser.open(world.provider(more), at);
      pages.push(opened);
      return opened;
    },
    async wayBack(more?: Options, input?: object): Promise<string> {
      const answer = await fetch(await world.open(more).leave(input), { redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    },
    async signIn(more?: Options, input?: object): Promise<OpenPage> {
      const arrived = world.open(more, await world.wayBack(more, input));
      await arrived.arrival;
      return arrived;
    },
    expectDiscretion(error?: Error): void {
      const events: readonly SessionEvent[] = pages.flatMap(page => page.events);
      const said = [error?.message, error?.stack, JSON.stringify([error, events]), String(error?.cause)].join(
        ' ',
      );
      for (const secret of world.issuer.secrets) expect(said).not.toContain(secret);
      expect(said).not.toContain('canary');
    },
    async expectRefusal(attempt: Promise<unknown>, code: string): Promise<AuthError> {
      const error = await attempt.then(
        () => new Error('It was accepted.'),
        (reason: unknown) => reason,
      );
      if (!(error instanceof AuthError)) throw error as Error;
      expect(error.code).toBe(code);
      world.expectDiscretion(error);
      return error;
    },
  };

  beforeAll(async () => {
    // All that the transport needs of a page.
    Object.assign(globalThis, { location: new URL(APPLICATION) });
    // The first takes long on a machine that is busy.
    await hostileKey(0);
  }, 30_000);

  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'location');
  });

  beforeEach(async () => {
    world.issuer = await startHostileIssuer();
    const transport = fetchTransport();
    world.browser = new NodeBrowser((request, deadline) => transport(request, Math.min(deadline, DEADLINE)));
    pages.length = 0;
  });

  afterEach(async () => {
    world.browser.close();
    await world.issuer.close();
  });

  return world;
}
