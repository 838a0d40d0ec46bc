import type { BrowserContext, Page } from '@playwright/test';
import type { FaultPage } from '../fault-page/src/harness';
import type { Ending } from './log-entry';

declare const window: { readonly harness?: FaultPage };

/** Milliseconds that a page may take for anything; a page that crashed never answers. */
const PATIENCE = 20_000;

/** One tab with the fault page in it, which may be loading, offline or crashed at any time. */
export class SoakTab {
  readonly page: Page;
  private readonly url: string;
  private heard = 0;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  static async open(context: BrowserContext, url: string): Promise<SoakTab> {
    const tab = new SoakTab(await context.newPage(), url);
    await tab.load();
    return tab;
  }

  async load(): Promise<void> {
    this.heard = 0;
    await this.page.goto(this.url, { timeout: PATIENCE });
    await this.page.waitForFunction(() => window.harness !== undefined, undefined, { timeout: PATIENCE });
  }

  phase(): Promise<string> {
    return inTime(this.page.evaluate(() => window.harness?.phase() ?? 'loading'));
  }

  login(): Promise<string> {
    return inTime(this.page.evaluate(() => window.harness?.login('ada') ?? 'loading'));
  }

  logout(): Promise<void> {
    return inTime(this.page.evaluate(() => window.harness?.logout()));
  }

  /** Makes so many calls at once. */
  call(server: string, times: number): Promise<unknown> {
    const calls = [`${server}/api/profile`, times] as const;
    return inTime(this.page.evaluate(([url, count]) => window.harness?.call(url, count), calls));
  }

  /** The ends of sessions that the page has told since it was asked last. */
  async endings(): Promise<readonly Ending[]> {
    const events = await inTime(this.page.evaluate(() => window.harness?.events() ?? []));
    const fresh = events.slice(this.heard);
    this.heard = events.length;
    return fresh.flatMap(event => (event.type === 'ended' ? [{ at: event.at, reason: event.reason }] : []));
  }
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The page does not answer.'));
    }, PATIENCE);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}
