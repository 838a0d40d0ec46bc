import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { FaultOptions } from './faults/fault-test';

// Every worker reads this file again; the answer is handed on so that only the first one looks.
const chromium = (process.env['CHROME_BIN'] ??= findChromium());

const launchOptions = {
  executablePath: chromium,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};

// Pages are kept for the way back, as they are for users.
const withBackForwardCache = { ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] };

export default defineConfig<object, FaultOptions>({
  outputDir: inDist('playwright'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: inDist('e2e.json') }], ['./counts-reporter.ts']],
  use: {
    browserName: 'chromium',
    headless: true,
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'demo', grep: /@demo/ },
    { name: 'backends', grep: /@backends/ },
    { name: 'newcomer', grep: /@newcomer/ },
    { name: 'matrix', grep: /@matrix/ },
    { name: 'openid', grep: /@openid/ },
    { name: 'keycloak', grep: /@keycloak/ },
    { name: 'server-rendering', grep: /@server-rendering/ },
    { name: 'faults', grep: /@faults/, use: { launchOptions: withBackForwardCache } },
    // Of the same tests those that another server can make a difference for.
    {
      name: 'openid-faults',
      grep: /@issuer/,
      use: { launchOptions: withBackForwardCache, backEnd: 'oidc' },
    },
  ],
});

function inDist(name: string): string {
  return fileURLToPath(new URL(`../../dist/test-results/${name}`, import.meta.url));
}
