import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureConsole } from '../../src/operate/console/ensure.ts';
import { acting } from './acts.ts';
import { axe } from './axe.ts';
import { deciding } from './decisions.ts';
import { moreActs } from './more-acts.ts';
import { quarantine } from './quarantine.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { everyPage } from './every-page.ts';
import { fill } from './filled.ts';
import { consoleGateway } from './gateway.ts';
import { keyboard } from './keyboard.ts';
import { privacy } from './privacy.ts';
import type { Suite } from './suites.ts';
import { scripts } from './xss.ts';

// The console in a real browser on a real gateway: one of each for all, a context for each test.

if (chromiumPath === null) describe('console', () => { test.skip('needs Chromium, which is not on this machine (.ci/setup)', () => undefined); });
else describe('console', () => {
  let suite: Suite;
  beforeAll(async () => {
    expect((await ensureConsole(() => undefined)).kind).toMatch(/ready|built/);
    const gateway = await consoleGateway({ seed: quarantine });
    try { suite = { gateway, browser: await openBrowser(chromiumPath ?? ''), filled: await fill(gateway) }; } catch (error) { await gateway.stop(); throw error; }
  }, 120_000);
  afterAll(async () => { await suite.browser.close(); await suite.gateway.stop(); }, 60_000);

  const given = (): Suite => suite;
  describe('every page', () => { everyPage(given); });
  describe('keyboard', () => { keyboard(given); });
  acting(given);
  deciding(given);
  moreActs(given);
  privacy(given);
  axe(given);
  scripts(given);
});
