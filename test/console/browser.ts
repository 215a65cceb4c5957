import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The system's Chromium (.ci/setup installs Debian's); null where there is none. */
export const chromiumPath = candidates.find((path) => existsSync(path)) ?? null;

export const openBrowser = (path: string): Promise<Browser> => chromium.launch({
  executablePath: path, headless: true,
  // A container has no user namespaces and a small /dev/shm; these pages are our own.
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
