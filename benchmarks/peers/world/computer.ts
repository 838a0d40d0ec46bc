import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/find-chromium.mjs';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** Stops all pages and workers of a browser until it is woken up, as a closed lid does: no timer fires, and time goes on. */
export async function sendToSleep(browser: Browser): Promise<{ wake(): void }> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const id of renderers) process.kill(id, 'SIGSTOP');
  return {
    wake: () => {
      for (const id of renderers) process.kill(id, 'SIGCONT');
    },
  };
}
