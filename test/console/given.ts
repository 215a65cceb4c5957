import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { fill } from './filled.ts';
import { consoleGateway } from './gateway.ts';
import { quarantine } from './quarantine.ts';
import type { Suite } from './suites.ts';

/** The console in a real browser on a real gateway: one of each for all of a file's tests, a context for each of them. */
export function inBrowser(name: string, tests: (given: () => Suite) => void): void {
  if (chromiumPath === null) { describe(name, () => { test.skip('needs Chromium, which is not on this machine (.ci/setup)', () => undefined); }); return; }
  describe(name, () => {
    let suite: Suite;
    beforeAll(async () => {
      expect((await ensureConsole(() => undefined)).kind).toMatch(/ready|built/);
      const gateway = await consoleGateway({ seed: quarantine });
      try { suite = { gateway, browser: await openBrowser(chromiumPath ?? ''), filled: await fill(gateway) }; } catch (error) { await gateway.stop(); throw error; }
    }, 120_000);
    afterAll(async () => { await suite.browser.close(); await suite.gateway.stop(); }, 60_000);
    tests(() => suite);
  });
}
