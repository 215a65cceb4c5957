import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumPath, openBrowser } from './browser.ts';

if (chromiumPath === null) describe('console', () => { test.skip('needs Chromium, which is not on this machine (.ci/setup)', () => undefined); });
else describe('console', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await openBrowser(chromiumPath ?? ''); }, 60_000);
  afterAll(() => browser.close());
  test('runs', async () => { const page = await browser.newPage(); await page.goto('data:text/html,<title>x</title>'); expect(await page.title()).toBe('x'); });
});
