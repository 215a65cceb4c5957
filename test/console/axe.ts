import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pageCases, type PageCase } from './pages.ts';
import { accessible, addressOf, contextOf, openPage, type Suite } from './suites.ts';

const manyMs = 170_000;
const widths = [1280, 375] as const;
const toEnglish = 'English', toFrench = 'Français';

/** In both widths. */
async function wideAndNarrow(page: Page, where: string): Promise<void> {
  for (const width of widths) { await page.setViewportSize({ width, height: 900 }); await accessible(page, `${where}, ${String(width)} px`); }
}
/** A page as it is, in both languages and widths; it is loaded once. */
async function everyWay(page: Page, where: string): Promise<void> {
  for (const button of [toEnglish, toFrench]) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: button === toEnglish ? toFrench : toEnglish }).waitFor();
    await wideAndNarrow(page, `${where}, ${button}`);
  }
}
const open = async (page: Page, suite: Suite, one: PageCase): Promise<void> => { await page.goto(addressOf(suite, one)); await page.locator('h1').waitFor(); };

/** axe finds nothing: every page with data, in both languages and widths; when the gateway refuses. */
export function axe(suite: () => Suite): void {
  describe('axe', () => {
    test.each(['vendor'] as const)('as %s: every page, in French and English, on a desktop and a phone', async (role) => {
      const context = await contextOf(suite(), role);
      const { page } = await openPage(context);
      for (const one of pageCases.filter((known) => known.roles.includes(role))) {
        await open(page, suite(), one);
        await page.locator(one.ready).first().waitFor();
        await everyWay(page, one.name);
      }
      await context.close();
    }, manyMs);

    test.each(['fr'] as const)('when the gateway refuses or does not answer, %s', async (language) => {
      const context = await contextOf(suite(), 'administrator', { language });
      const { page } = await openPage(context);
      for (const [at, one] of pageCases.filter(({ path }) => path !== '/password').entries()) {
        // In turn a refusal in the gateway's words, and no answer at all.
        await page.unrouteAll();
        await page.route((url) => url.pathname.startsWith('/api/') && url.pathname !== '/api/session', (route) => (at % 2 === 0
          ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Indisponible', status: 503, detail: 'Le journal refuse les lectures.', advice: 'Voyez le disque.', code: 'api.internal' }) })
          : route.abort()));
        await page.setViewportSize({ width: widths[0], height: 900 });
        await open(page, suite(), one);
        await page.getByRole('alert').first().waitFor({ timeout: 20_000 });
        await wideAndNarrow(page, `${one.name}, refused, ${language}`);
      }
      expect(await page.getByRole('alert').count()).toBeGreaterThan(0);
      await context.close();
    }, manyMs);
  });
}
