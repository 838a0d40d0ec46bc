import { type Page, test as base, expect } from '@playwright/test';
import { type AuthServerProcess, startAuthServer } from '../support/auth-server-process';
import { type RenderedWorkspace, renderedWorkspace } from './rendered-workspace';

/** Milliseconds for what installs or builds an application. */
export const BUILDING = 600_000;

interface WorkerFixtures {
  readonly authServer: AuthServerProcess;
  readonly workspace: RenderedWorkspace;
}

export const test = base.extend<object, WorkerFixtures>({
  authServer: [
    async ({ playwright: _ }, use) => {
      const server = await startAuthServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  workspace: [
    async ({ playwright: _ }, use) => {
      const workspace = await renderedWorkspace();
      await use(workspace);
      await workspace.leave();
    },
    { scope: 'worker', timeout: BUILDING },
  ],
});

export { expect };

/** What a page said on its console and which of its parts were ever to be seen, from its first moment on. */
export interface Witness {
  readonly console: readonly string[];
  /** The test ids of what has been in the document since it was loaded. */
  seen(): Promise<readonly string[]>;
}

export async function witness(page: Page): Promise<Witness> {
  const console: string[] = [];
  page.on('console', message => console.push(message.text()));
  page.on('pageerror', error => console.push(String(error)));
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    const look = (): void => {
      for (const part of document.querySelectorAll('[data-testid]')) {
        seen.add(part.getAttribute('data-testid') ?? '');
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  return {
    console,
    seen: () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]),
  };
}
