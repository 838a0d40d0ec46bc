import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { World } from '../world/world';

/** Bytes with gzip, as browsers fetched them. */
export interface Size {
  /** What a page of a visitor who is not signed in loads. */
  readonly first: number;
  /** The same, and all that a sign-in loads besides. */
  readonly signedIn: number;
}

/** The scripts that the browser asks for: what a bundler calls initial is less where the application starts with a lazy import. */
export async function measureSize(world: World, signsIn: boolean): Promise<Size> {
  const scripts = new Set<string>();
  const page = await world.context.newPage();
  watchScripts(page, scripts);
  const tab = await world.open(page);
  await page.waitForTimeout(1_500);
  const first = weigh(world.built.folder, scripts);
  if (signsIn) await tab.signIn();
  return { first, signedIn: weigh(world.built.folder, scripts) };
}

function watchScripts(page: Page, scripts: Set<string>): void {
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() === 'script' && pathname !== '/addresses.js') scripts.add(pathname);
  });
}

function weigh(folder: string, scripts: ReadonlySet<string>): number {
  return [...scripts].reduce(
    (sum, script) => sum + gzipSync(readFileSync(join(folder, script)), { level: 9 }).length,
    0,
  );
}
